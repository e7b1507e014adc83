/**
 * AWS's own policy simulator, in our words: a port. `aws/iam-simulator.ts` stands behind it. What it leaves out is
 * written at https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
import type { DecisionWord } from "../../evaluate/decide.js";
import type { CallOptions } from "../change/target.js";

export interface LiveSimulator {
  /** Rejects with a `TargetError`. @returns an answer for each action, in their order */
  simulate(question: LiveQuestion, options?: CallOptions): Promise<readonly LiveAnswer[]>;
}

export interface LiveQuestion {
  /** A user, group or role of the account with all that hangs on it, or policies that need not hang anywhere. */
  readonly who: { readonly arn: string } | LivePolicies;
  readonly actions: readonly string[];
  /** An ARN, or `*`. */
  readonly resource: string;
  /** The text of the resource's policy, with the user who asks: AWS takes one for users only. */
  readonly resourcePolicy?: { readonly text: string; readonly caller: string } | undefined;
  readonly context: readonly LiveContextEntry[];
}

export interface LivePolicies {
  /** Texts. */
  readonly identity: readonly string[];
  readonly boundary: readonly string[];
}

export interface LiveContextEntry {
  readonly key: string;
  readonly values: readonly string[];
  /** As AWS names it, such as `stringList`. */
  readonly type: LiveContextType;
}

type Single = "string" | "numeric" | "boolean" | "ip" | "binary" | "date";
export type LiveContextType = Single | `${Single}List`;

export interface LiveAnswer {
  readonly action: string;
  readonly resource: string;
  readonly decision: DecisionWord;
  /** The policies whose statements decided, as AWS names them. */
  readonly matched: readonly string[];
  readonly missingContext: readonly string[];
}
