/**
 * What can be asked about accounts and lone policies, and the answers: types only, the same for whoever asks and in
 * whichever thread the answer is worked out. Files are URIs, places are lines and characters.
 */

import type { Cell } from "../account/matrix.js";
import type { MatrixFormat } from "../account/matrix-report.js";
import type { AccessCheckName } from "../account/run-access-check.js";
import type { Outcome } from "../account/run-access-tests.js";
import type { DecisionWord, PolicySource } from "../evaluate/decide.js";
import type { PolicyKind } from "../policy/words.js";
import type { OfflineQuestion, OfflineResult } from "./aws-check.js";
import type { Drift, DriftQuestion } from "./live-drift.js";
import type { LiveSteps } from "./live-questions.js";
import type { Position, Range } from "./positions.js";

/** A text as an editor holds it, saved or not. */
export interface OpenText {
  readonly uri: string;
  readonly text: string;
  /** The kinds that its policies were found to be, in their order. */
  readonly kinds?: readonly PolicyKind[];
}

/** Texts in the place of those on disk, by URI; `null` where there is no such file. */
export type Texts = Readonly<Record<string, string | null>>;

/** Another state of the files: as they are saved, or as the texts say and otherwise as saved. */
export type OtherState = "saved" | { readonly texts: Texts };

export interface Place {
  readonly uri: string;
  readonly range: Range;
}

export type ContextValues = Readonly<Record<string, string | readonly string[]>>;

/** Who, what, on what, under which circumstances. */
export interface SimulateParams {
  /** The document that is asked about: a policy, or an account. */
  readonly uri?: string;
  /** Which of the document's policies, from 0; the first unless said. */
  readonly policy?: number;
  /** The account that is asked; without one, `uri` is asked about alone. */
  readonly account?: string;
  /** `user/ana`, `role/app`, an ARN; without it, the first that can be asked. */
  readonly as?: string;
  readonly action?: string;
  /** Without it, the first that the policies tell apart; how the others turn out is in the explanation. */
  readonly resource?: string;
  readonly context?: ContextValues;
}

export interface Refusal {
  readonly ok: false;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

export interface Simulation {
  readonly ok: true;
  /** The question with everything filled in that was left open. */
  readonly question: SimulateParams & {
    readonly as: string;
    readonly action: string;
    readonly resource: string;
  };
  readonly decision: DecisionWord;
  /** One line. */
  readonly headline: string;
  /** Markdown. */
  readonly explanation: string;
  readonly reasons: readonly SimulationReason[];
  readonly missingContext: readonly string[];
  /** What is wrong in the account elsewhere. */
  readonly problems: readonly string[];
  /** Where AWS was asked: what we say, and a report for an issue if one of the two must be wrong; empty otherwise. */
  readonly live?: { readonly here: DecisionWord; readonly report: string };
}

export interface SimulationReason {
  readonly source: PolicySource;
  readonly policy: string;
  readonly sid?: string;
  readonly effect?: "Allow" | "Deny";
  readonly matched: boolean;
  /** Does the decision rest on it? */
  readonly deciding: boolean;
  readonly because: string;
  /** The statement. */
  readonly place?: Place;
  /** Of a statement that does not apply: what is in the way. */
  readonly element?: Place;
}

/** What to choose from for the parts of a question; those that are chosen already narrow the others. */
export interface SimulateChoices {
  readonly accounts: readonly AccountChoice[];
  readonly principals: readonly PrincipalChoice[];
  readonly actions: readonly {
    readonly action: string;
    readonly description: string;
    readonly named: boolean;
  }[];
  readonly resources: readonly string[];
  readonly context: readonly {
    readonly key: string;
    readonly values: readonly string[];
    readonly suggested?: string;
    readonly policies: readonly string[];
  }[];
  /** Why there is nothing to choose, if so. */
  readonly problems: readonly string[];
}

export interface AccountChoice {
  readonly uri: string;
  /** Relative to the workspace. */
  readonly name: string;
  /** Is the document that is asked about one of its policies, or the account itself? */
  readonly mentions: boolean;
}

export interface PrincipalChoice {
  readonly as: string;
  readonly detail: string;
  /** Does the document that is asked about hang on it? */
  readonly suggested: boolean;
}

export interface MatrixParams {
  readonly account: string;
  /** All users and roles unless said. */
  readonly as?: readonly string[];
  /** One column for each action, or for each service. */
  readonly by?: "action" | "service";
  /** Actions, patterns or, by service, prefixes; those that the policies name unless said. */
  readonly columns?: readonly string[];
  /** None: all that the policies tell apart, together. */
  readonly resources?: readonly string[];
  readonly context?: ContextValues;
  readonly compare?: OtherState;
}

export interface MatrixHead {
  readonly ok: true;
  readonly account: string;
  readonly principals: readonly string[];
  readonly columns: readonly string[];
  readonly by: "action" | "service";
  readonly resources: readonly string[];
  /** One symbol for each kind of cell. */
  readonly legend: readonly { readonly cell: Cell; readonly symbol: string; readonly word: string }[];
  /** How many rows there will be. */
  readonly rows: number;
  readonly compared: boolean;
  /** Whose answers the other state's cells are, such as `AWS`; ours, about another state of the files, unless said. */
  readonly comparedWith?: string;
  readonly problems: readonly string[];
  /** The files that the account is made of. */
  readonly sources: readonly string[];
}

export interface MatrixLineAnswer {
  readonly principal: string;
  readonly resource?: string;
  /** One symbol a column, as in the legend. */
  readonly cells: string;
  /** The same in the other state; somebody who is not there is allowed nothing. */
  readonly before?: string;
}

export interface MatrixAnswer {
  readonly head: MatrixHead;
  /** Empty where they have been sent in parts. */
  readonly rows: readonly MatrixLineAnswer[];
}

export type MatrixPart = { readonly head: MatrixHead } | { readonly rows: readonly MatrixLineAnswer[] };

export interface MatrixReportParams {
  readonly format: MatrixFormat;
  readonly principals: readonly string[];
  readonly columns: readonly string[];
  readonly resources: readonly string[];
  readonly rows: readonly MatrixLineAnswer[];
}

export interface AccessTestFileAnswer {
  readonly uri: string;
  /** Relative to the workspace. */
  readonly name: string;
  readonly tests: readonly AccessTestAnswer[];
  /** What is wrong in the file or in its account. */
  readonly problems: readonly { readonly message: string; readonly place?: Place }[];
}

export interface AccessTestAnswer {
  /** The JSON pointer, which names the test in its file. */
  readonly pointer: string;
  readonly name: string;
  readonly range: Range;
}

export interface RunAccessTestsParams {
  /** All tests of a file unless pointers say which. */
  readonly files: readonly { readonly uri: string; readonly pointers?: readonly string[] }[];
  readonly coverage?: boolean;
}

export interface AccessTestOutcome {
  readonly uri: string;
  readonly pointer: string;
  readonly outcome: Outcome;
  readonly decisions: number;
  readonly messages: readonly AccessTestMessage[];
}

export interface AccessTestMessage {
  /** What does not hold, and which statement decided. */
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Of the deciding statement. */
  readonly place?: Place;
}

export interface AccessTestsAnswer {
  /** Empty where they have been sent in parts. */
  readonly results: readonly AccessTestOutcome[];
  readonly coverage?: readonly FileCoverageAnswer[];
  /** Every file that the outcome hangs on. */
  readonly sources: readonly string[];
}

export interface FileCoverageAnswer {
  readonly uri: string;
  readonly statements: readonly { readonly range: Range; readonly name: string; readonly covered: boolean }[];
}

export interface DiffParams {
  /** An account, or a policy. */
  readonly uri: string;
  readonly against: OtherState | { readonly uri: string };
  /** What the other state is called, such as `HEAD`. */
  readonly title?: string;
}

export interface DiffAnswer {
  readonly ok: true;
  readonly gained: number;
  readonly lost: number;
  /** Markdown. */
  readonly document: string;
}

/** What is asked about the access that a policy gives. */
export type AccessQuestion =
  | {
      readonly check: "no-new-access";
      /** What it may give: another state of the document, a policy of another one, or a text, such as what is live. */
      readonly against:
        | OtherState
        | { readonly uri: string; readonly policy?: number }
        | { readonly text: string };
      /** What that is called, such as `HEAD`. */
      readonly title?: string;
    }
  | {
      readonly check: "access-not-granted";
      /** Patterns; any unless said, of one of the two. */
      readonly actions?: readonly string[];
      readonly resources?: readonly string[];
    }
  | {
      readonly check: "no-public-access";
      /** What the policy hangs on, as CloudFormation names it; told from the policy unless said. */
      readonly type?: string;
    };

export type CheckAccessParams = AccessQuestion & {
  readonly uri: string;
  /** Which of the document's policies, from 0; the first unless said. */
  readonly policy?: number;
};

export interface CheckAccessAnswer {
  readonly ok: true;
  readonly check: AccessCheckName;
  readonly passed: boolean;
  /** One line. */
  readonly headline: string;
  /** Markdown. */
  readonly document: string;
  /** Each statement that gives what it should not, with why in a sentence. */
  readonly statements: readonly GivingStatement[];
}

export interface GivingStatement {
  readonly index: number;
  readonly sid?: string;
  readonly because: string;
  readonly place?: Place;
}

/** A policy of a document, to choose it by. */
export interface PolicyChoice {
  /** Such as `line 12`. */
  readonly name: string;
  /** What it allows, in a few words. */
  readonly detail: string;
  readonly range: Range;
  readonly kind: PolicyKind;
  /** Does it say who, and hang on a resource? */
  readonly onResource: boolean;
  /** What it hangs on, as the check of public access calls it, where that can be told. */
  readonly checkedType?: string;
}

export interface PoliciesAnswer {
  readonly policies: readonly PolicyChoice[];
  /** Which of them the position is in; the only one wherever it is. */
  readonly at?: number;
  /** What policies hang on that can be checked for public access. */
  readonly checkedTypes: readonly string[];
}

export interface SourcesParams {
  /** An account, a policy, or a file of access tests. */
  readonly uri: string;
  /** In another state. */
  readonly texts?: Texts;
}

/** The requests by name; a `part` is what is sent before the result, to whoever asks for parts. */
export interface AccountRequests {
  "iamPolicy/simulateChoices": { readonly params: SimulateParams; readonly result: SimulateChoices };
  "iamPolicy/simulate": { readonly params: SimulateParams; readonly result: Simulation | Refusal };
  "iamPolicy/matrix": {
    readonly params: MatrixParams;
    readonly part: MatrixPart;
    readonly result: MatrixAnswer | Refusal;
  };
  "iamPolicy/matrixReport": { readonly params: MatrixReportParams; readonly result: string };
  "iamPolicy/accessTests": {
    /** All files of the workspace unless one is named. */
    readonly params: { readonly uri?: string };
    readonly result: readonly AccessTestFileAnswer[];
  };
  "iamPolicy/runAccessTests": {
    readonly params: RunAccessTestsParams;
    readonly part: readonly AccessTestOutcome[];
    readonly result: AccessTestsAnswer;
  };
  "iamPolicy/diff": { readonly params: DiffParams; readonly result: DiffAnswer | Refusal };
  "iamPolicy/checkAccess": {
    readonly params: CheckAccessParams;
    readonly result: CheckAccessAnswer | Refusal;
  };
  "iamPolicy/policies": {
    readonly params: { readonly uri: string; readonly position?: Position };
    readonly result: PoliciesAnswer;
  };
  /** The files that a document is made of. */
  "iamPolicy/sources": { readonly params: SourcesParams; readonly result: readonly string[] };
}

export type AccountMethod = keyof AccountRequests;

/** What whoever works answers out can be asked: by clients, and by the server on the way to an answer. */
export interface DeskRequests extends AccountRequests, LiveSteps {
  "live/drift": { readonly params: DriftQuestion; readonly result: Drift };
  "check/offline": { readonly params: OfflineQuestion; readonly result: OfflineResult };
}

/** What goes with every question. */
export interface Setting {
  readonly folders: readonly string[];
  readonly open: readonly OpenText[];
  /** The path of a file with the documents of AWS's managed policies. */
  readonly managedPolicies?: string;
}

export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested?(listener: () => void): { dispose(): void };
}

/** Whoever works the answers out: the same thread, or another one. */
export interface AccountWork {
  ask<M extends keyof DeskRequests>(
    method: M,
    params: DeskRequests[M]["params"],
    setting: Setting,
    /** Takes parts of the answer as they come; without it, the answer comes as a whole. */
    part: ((part: unknown) => void) | undefined,
    cancellation: Cancellation,
  ): Promise<DeskRequests[M]["result"]>;
}
