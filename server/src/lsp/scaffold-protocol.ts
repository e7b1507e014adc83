/**
 * What the server and an editor say to each other about templates and account files: types only, a part of `protocol.ts`.
 * The server writes nothing: the editor applies what it is told, so that it can be undone.
 */
import type { TextEdit } from "vscode-languageserver";
import type { PolicyKind } from "../policy/words.js";
import type { AccountChange } from "../scaffold/edit-account.js";
import type { FileState } from "../scaffold/plan-scaffold.js";
import type { TemplateSuppression } from "../scaffold/template.js";

export type { AccountChange };

export interface TemplateView {
  readonly name: string;
  readonly title: string;
  readonly kind: PolicyKind;
  readonly description: string;
  readonly variables: readonly TemplateVariableView[];
}

export interface TemplateVariableView {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly example: string;
  /** Several values, separated by commas. */
  readonly list: boolean;
}

export interface ExpandParams {
  readonly template: string;
  /** URI of the folder to write to, where `iam-account.json` is or will be. */
  readonly folder: string;
  /** By the variable's name; those that are not given yet may be absent. */
  readonly values: Readonly<Record<string, string>>;
}

export interface ExpandedTemplate {
  /** What to propose for a variable: what the account remembers, or the default. */
  readonly proposed: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  /** What is wrong with values, as sentences. */
  readonly problems: readonly { readonly variable: string; readonly message: string }[];
  /** Empty while values are missing or wrong. */
  readonly files: readonly ExpandedFile[];
  /** Findings that stay unsaid, and why. */
  readonly suppressions: readonly TemplateSuppression[];
  /** What stands in the way besides files that are `different`. */
  readonly conflicts: readonly string[];
  /** May it be written? */
  readonly sound: boolean;
}

export interface ExpandedFile {
  readonly uri: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly state: FileState;
  readonly text: string;
  /** For a file that is `changed`: the one edit that makes the text of it. */
  readonly edit?: TextEdit;
  /** For a file that is there and says something else, line by line. */
  readonly difference?: string;
}

export interface AccountNames {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly policies: readonly string[];
}

export interface ScaffoldRequests {
  /** Those that ship and those of the open folders. */
  "iamPolicy/templates": {
    readonly params: Record<string, never>;
    readonly result: { readonly templates: readonly TemplateView[]; readonly problems: readonly string[] };
  };
  /** `null` where there is no such template or folder. */
  "iamPolicy/expandTemplate": { readonly params: ExpandParams; readonly result: ExpandedTemplate | null };
  /** Names in an account file, placeholders filled; `null` where it is no account. */
  "iamPolicy/accountNames": {
    readonly params: { readonly account: string };
    readonly result: AccountNames | null;
  };
  /** The edit of the account file that makes the change, or why there is none. */
  "iamPolicy/editAccount": {
    readonly params: { readonly account: string; readonly change: AccountChange };
    readonly result: { readonly edit: TextEdit } | { readonly problem: string };
  };
}
