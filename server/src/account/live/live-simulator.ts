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
  /** AWS takes one for users only. */
  readonly resourcePolicy?: LiveResourcePolicy | undefined;
  readonly context: readonly LiveContextEntry[];
}

export interface LiveResourcePolicy {
  readonly text: string;
  /** The ARN of the user who asks. */
  readonly caller: string;
  /** The ARN of the account that owns the resource, where it is another than the caller's. */
  readonly owner?: string | undefined;
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
  readonly matched: readonly LiveStatement[];
  readonly missingContext: readonly string[];
  /** Do the organisation's policies let it through, and the permissions boundary? Absent where AWS does not say. */
  readonly organization?: boolean | undefined;
  readonly boundary?: boolean | undefined;
}

/** A statement on which AWS's decision rests. */
export interface LiveStatement {
  /**
   * As AWS names the policy: its name, `user_ana_own` for a policy inside of a user, `PolicyInputList.1` for one that
   * was sent.
   */
  readonly policy: string;
  /** In the policy's text as AWS has it: from behind what stands before the statement to behind its brace. */
  readonly start?: LivePosition | undefined;
  readonly end?: LivePosition | undefined;
}

/** Counted from one. */
export interface LivePosition {
  readonly line: number;
  readonly column: number;
}

/** The policies that AWS names, each once. */
export function policiesNamed({ matched }: LiveAnswer): readonly string[] {
  return [...new Set(matched.map(({ policy }) => policy))];
}
