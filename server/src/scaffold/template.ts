/** What a template is: files and a part of an account, with gaps that variables fill. Reading one is `read-template.ts`'s. */
import type { PolicyKind } from "../policy/words.js";
import type { Json } from "../syntax/edits.js";
import type { VariableType } from "./variable-types.js";

export interface Template {
  /** Kebab-case; equals the name of its folder. */
  readonly name: string;
  /** Starts with a capital, no final period. */
  readonly title: string;
  /** Of the policy that it is about. */
  readonly kind: PolicyKind;
  /** One or two sentences: what there is afterwards. */
  readonly description: string;
  readonly variables: readonly TemplateVariable[];
  /** What goes into the account file, in its own words; placeholders are not filled yet. */
  readonly account: JsonObject;
  readonly files: readonly TemplateFile[];
  /** Findings that are right as they are: what the template promises on purpose. */
  readonly suppressions: readonly TemplateSuppression[];
}

export interface TemplateVariable {
  /** As in `<name>`. */
  readonly name: string;
  /** What to ask for, such as `Bucket`. */
  readonly title: string;
  readonly type: VariableType;
  readonly description: string | undefined;
  readonly default: string | undefined;
  readonly example: string;
  /** Several values, separated by commas. */
  readonly list: boolean;
  /** Does the account file keep the value for the next template? Not where the next one needs another. */
  readonly remember: boolean;
}

export interface TemplateFile {
  /** Relative to the account file, with forward slashes; may have placeholders. */
  readonly path: string;
  readonly text: string;
}

export interface TemplateSuppression {
  readonly rule: string;
  /** One of the template's files. */
  readonly file: string;
  readonly reason: string;
}

export type JsonObject = { readonly [key: string]: Json };

/** Values by the variable's name: one, or several of a variable that is a list. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** Asked for by every template: an account file cannot do without. */
export const ACCOUNT_ID_VARIABLE: TemplateVariable = {
  name: "aws-account-id",
  title: "Account id",
  type: "account-id",
  description: "The twelve digits of the AWS account.",
  default: undefined,
  example: "111122223333",
  list: false,
  remember: true,
};
export const REGION_VARIABLE = "region";
