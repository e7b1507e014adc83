/**
 * What the language server and an editor say to each other beyond standard LSP: types only, so that the extension can
 * import it without importing any of the server. It implements nothing.
 */
import type { PolicyKind } from "../policy/words.js";
import type { AccountRequests } from "../workspace/account-questions.js";
import type { ChangeRequests } from "./change-protocol.js";
import type { CopyRequests } from "./copy-protocol.js";
import type { LiveRequests } from "./live-protocol.js";
import type { ScaffoldRequests } from "./scaffold-protocol.js";

export type * from "../workspace/account-questions.js";
export type * from "./change-protocol.js";
export type * from "./copy-protocol.js";
export type * from "./live-protocol.js";
export type * from "./scaffold-protocol.js";

/** What `initializationOptions` may hold; each part may be absent. */
export interface InitializationOptions {
  /**
   * Languages whose syntax mistakes the editor reports by itself: for documents of these languages the server publishes
   * none, so that one mistake is one problem. Their fixes are still offered.
   */
  readonly syntaxReportedFor?: readonly string[];
  /**
   * Languages to offer formatting for, where the editor has a formatter of its own for the others; all unless said.
   * The client must take registrations of formatting.
   */
  readonly formattingFor?: readonly string[];
  /** What to show beside the text; each part unless it is `false`. */
  readonly inlayHints?: { readonly wildcardActions?: boolean; readonly size?: boolean };
  /** `false`: no summaries above policies and statements. */
  readonly codeLens?: boolean;
  /** `false`: only open documents are checked. Otherwise all policies of the workspace are. */
  readonly checkWorkspace?: boolean;
  /** The client has the command `iamPolicy.suppress`, which asks for a reason and sends `iamPolicy/suppress`. */
  readonly asksForReasons?: boolean;
  /** Commands that the client has for policies as a whole, offered above them. */
  readonly policyCommands?: readonly PolicyCommand[];
  /** The path of a file with the documents of AWS's managed policies, for questions about accounts. */
  readonly managedPolicies?: string;
  /** A command of the client that asks for suggestions again, after an offer that is only the start of a word. */
  readonly suggestCommand?: string;
  /** Kinds that the user has set by hand, by document URI. */
  readonly kinds?: Readonly<Record<string, PolicyKind>>;
}

/** Their argument is `{ uri, policy }`: the document, and which of its policies, counted from 0. */
export type PolicyCommand = "iamPolicy.simulate" | "iamPolicy.validateWithAws" | "iamPolicy.plan";

/** What the server makes of an open document. */
export interface DocumentKind {
  readonly uri: string;
  readonly isPolicy: boolean;
  readonly kind: PolicyKind;
  /** What a resource policy hangs on, as CloudFormation names it (`AWS::S3::Bucket`), where known. */
  readonly resourceType?: string;
  /** Why it is of that kind, as a sentence to show. */
  readonly evidence: string;
}

/** A kind to choose from. */
export interface KindChoice {
  readonly kind: PolicyKind;
  /** Such as `Role trust policy`: starts with a capital, no final period. */
  readonly title: string;
  /** One sentence: what such a policy hangs on. */
  readonly detail: string;
}

/** Where a finding stands: by the Sid of its statement, or by JSON pointer. */
export type FindingPlace = { readonly sid: string } | { readonly pointer: string };

export interface SuppressParams {
  readonly uri: string;
  readonly rule: string;
  readonly place: FindingPlace;
  /** Why the finding is right as it is; must not be empty. */
  readonly reason: string;
}

export interface Requests
  extends AccountRequests,
    ChangeRequests,
    CopyRequests,
    LiveRequests,
    ScaffoldRequests {
  /** Writes a suppression into the configuration; whether the client took the edit. */
  "iamPolicy/suppress": { readonly params: SuppressParams; readonly result: boolean };
  /** `null` for a document that is not open. */
  "iamPolicy/kind": { readonly params: { readonly uri: string }; readonly result: DocumentKind | null };
  /** All kinds, in the order to show them. */
  "iamPolicy/kinds": { readonly params: Record<string, never>; readonly result: readonly KindChoice[] };
  /** `null` goes back to detection. The document is analysed anew and `iamPolicy/kindChanged` follows. */
  "iamPolicy/setKind": {
    readonly params: { readonly uri: string; readonly kind: PolicyKind | null };
    readonly result: null;
  };
}

export interface ServerNotifications {
  /** After the first analysis of a document that was opened, and after each that comes to another conclusion. */
  "iamPolicy/kindChanged": DocumentKind;
}

/** What the server asks of the client. */
export interface ClientRequests {
  /** The code that the MFA device with this serial number shows now; `null` where the user gives none. */
  "iamPolicy/askMfaCode": { readonly params: { readonly serial: string }; readonly result: string | null };
}
