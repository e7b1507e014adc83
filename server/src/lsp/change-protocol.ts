/**
 * What the server and an editor say to each other about changing accounts and about AWS: types only, a part of
 * `protocol.ts`. Everything here begins with a command of the user's; a refusal is an error response whose message is
 * for the user.
 */
import type { WorkDoneProgressParams } from "vscode-languageserver";
import type { AccountNode } from "../account/account-nodes.js";
import type { CheckAccessAnswer, CheckAccessParams } from "../workspace/account-questions.js";

export type { AccountNode };

/** Which AWS; each part as the standard provider chain has it unless said. */
export interface AwsChoice {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

export interface AwsSession {
  readonly profile: string | null;
  readonly accountId: string;
  /** Of whoever the calls are made as. */
  readonly arn: string;
  readonly region: string;
}

/** Where a plan is carried out: `aws`, or `snapshot:` with the path of a file. */
export type TargetName = string;

export interface PlanParams extends WorkDoneProgressParams {
  /** URI of the account file. */
  readonly account: string;
  readonly target: TargetName;
  /** Ids such as `policy/engineer_access`; everything unless said. */
  readonly only?: readonly string[];
  /** URI of a policy: only where the account has this one. */
  readonly document?: string;
}

/** A plan to show and, by its id, to carry out while the server runs. */
export interface PlanView {
  readonly id: string;
  /** As shown to the user, such as `snapshot account.json`. */
  readonly target: string;
  /** The whole plan as Markdown. */
  readonly text: string;
  /** How many steps change something, and how many delete; deletions are confirmed separately. */
  readonly changes: number;
  readonly deletions: number;
  /** Why it cannot be carried out; empty where it can. */
  readonly blocked: readonly string[];
}

export interface ApplyParams extends WorkDoneProgressParams {
  readonly plan: string;
  /** The user has confirmed the deletions too. */
  readonly deletions: boolean;
}

export interface ApplyView {
  /** Id of the record, for rolling back; `null` where nothing was done. */
  readonly record: string | null;
  /** As in the plan. */
  readonly target: string;
  readonly state: "done" | "stopped" | "cancelled";
  /** One sentence or two: what is done, what is not, what to do. */
  readonly message: string;
}

/** An apply of the past. */
export interface RecordView {
  readonly id: string;
  /** ISO 8601. */
  readonly when: string;
  readonly target: string;
  /** Such as `7 changes`. */
  readonly title: string;
  readonly state: "done" | "unfinished" | "rolled back" | "superseded";
}

/** A document as AWS holds it; `version` is `null` for what has no versions. */
export interface LiveDocument {
  readonly text: string;
  readonly versions: readonly string[];
  readonly version: string | null;
}

export interface LiveAccountView {
  /** As shown to the user, such as `AWS profile dev` or `snapshot account.json`. */
  readonly from: string;
  /** The twelve digits; `null` where a snapshot does not tell. */
  readonly account: string | null;
  readonly nodes: readonly AccountNode[];
}

export interface DriftView {
  readonly differences: readonly DifferenceView[];
  /** URIs of all files that were compared: when one of them changes, ask again. */
  readonly sources: readonly string[];
}

/** One thing that is not in the account as a file says. */
export interface DifferenceView {
  /** A sentence. */
  readonly words: string;
  /** Such as `user/ana`: a plan can be made for it alone. */
  readonly subject: string;
  /** Id of the document that differs, where it is one. */
  readonly document?: string;
  /** URI of the account file. */
  readonly account: string;
  /** URI of the file that says otherwise: the account file, or one that it names. */
  readonly file: string;
  /** Ids of the nodes of the tree that it is about. */
  readonly nodes: readonly string[];
}

export interface DriftedDocument {
  /** `null` where there is none. */
  readonly live: string | null;
  /** URI of a file that is the document and nothing else, or the document's text, or `null` where there is none. */
  readonly here: { readonly uri: string } | { readonly text: string } | null;
}

/** A check to show and, by its id, to make once. */
export interface AwsCheckView {
  readonly id: string;
  /** What the user is asked. */
  readonly question: string;
  /** What it costs, what has been paid, and how the check turns out offline. */
  readonly detail: string;
}

export interface AwsCheckAnswer extends Omit<CheckAccessAnswer, "ok"> {
  /** What has been paid now. */
  readonly paid: string;
  /** Where we answer differently: a case for an issue, without account details. */
  readonly disagreement?: string;
}

export interface ChangeRequests {
  /** Takes the user's choice from now on; what was known of the last session is forgotten. */
  "iamPolicy/useAws": { readonly params: AwsChoice; readonly result: null };
  /** Asks AWS who the session is. */
  "iamPolicy/awsSession": { readonly params: Record<string, never>; readonly result: AwsSession };
  "iamPolicy/awsProfiles": { readonly params: Record<string, never>; readonly result: readonly string[] };

  "iamPolicy/plan": { readonly params: PlanParams; readonly result: PlanView };
  "iamPolicy/apply": { readonly params: ApplyParams; readonly result: ApplyView };
  /** Applies recorded beside an account file, the latest first. */
  "iamPolicy/records": {
    readonly params: { readonly account: string } & WorkDoneProgressParams;
    readonly result: readonly RecordView[];
  };
  /** A plan that undoes a recorded apply. */
  "iamPolicy/planRollback": {
    readonly params: { readonly account: string; readonly record: string } & WorkDoneProgressParams;
    readonly result: PlanView;
  };
  /** Goes on with an apply that was cut off. */
  "iamPolicy/resume": {
    readonly params: { readonly account: string; readonly record: string } & WorkDoneProgressParams;
    readonly result: ApplyView;
  };

  /** Asks Access Analyzer about an open document; its findings are shown beside ours, each mistake once. */
  "iamPolicy/validate": {
    readonly params: { readonly uri: string } & WorkDoneProgressParams;
    readonly result: {
      readonly findings: number;
      readonly disagreements: number;
      /** Why AWS was not asked about some of the policies, a sentence for each. */
      readonly notAsked: readonly string[];
    };
  };
  /** Where our answer and AWS's last one differ, as Markdown without account details. */
  "iamPolicy/disagreements": { readonly params: { readonly uri: string }; readonly result: string };

  /** A check of access made ready for AWS, which charges for it: what it costs is told, and nothing is paid yet. */
  "iamPolicy/prepareAwsCheck": {
    readonly params: CheckAccessParams & WorkDoneProgressParams;
    readonly result: AwsCheckView;
  };
  /** Makes the call that the user has agreed to, once. */
  "iamPolicy/runAwsCheck": {
    readonly params: { readonly id: string } & WorkDoneProgressParams;
    readonly result: AwsCheckAnswer;
  };

  /** What is in the AWS account, or in a snapshot: from now on this is the account that documents are shown of. */
  "iamPolicy/liveAccount": {
    readonly params: {
      /** URI of a snapshot; AWS is asked unless there is one. */
      readonly snapshot?: string;
    } & WorkDoneProgressParams;
    readonly result: LiveAccountView;
  };
  /** Where files are not as the account was when it was read; nothing is read anew. */
  "iamPolicy/drift": {
    readonly params: {
      /** URIs of account files. */
      readonly accounts: readonly string[];
    };
    readonly result: DriftView;
  };
  /** A document as the account had it, and as the file has it. */
  "iamPolicy/driftedDocument": {
    readonly params: { readonly account: string; readonly id: string };
    readonly result: DriftedDocument;
  };
  "iamPolicy/liveDocument": {
    readonly params: { readonly id: string; readonly version?: string };
    readonly result: LiveDocument;
  };
  /** Writes what AWS holds into a file; the result is a sentence about it. */
  "iamPolicy/downloadSnapshot": {
    readonly params: { readonly file: string } & WorkDoneProgressParams;
    readonly result: string;
  };
  /** Writes the AWS account as `iam-account.json` and policy files into a folder; the result is that file's URI. */
  "iamPolicy/importAccount": {
    readonly params: { readonly folder: string } & WorkDoneProgressParams;
    readonly result: string;
  };
  /** A report about the AWS account, as Markdown. */
  "iamPolicy/checkAccount": { readonly params: WorkDoneProgressParams; readonly result: string };
}
