/**
 * Somebody who holds policies, as an account file has it: what rules see that look beyond one policy. Plain data;
 * reading accounts is not done here.
 */
import type { Policy } from "../policy/policy.js";
import type { Span } from "../syntax/span.js";
import type { FileText } from "./rule.js";

export interface Holder {
  /** As messages call it: `group/engineer`, `user/ana`, `role/app`. */
  readonly name: string;
  readonly kind: "group" | "user" | "role";
  /** Those of its groups among them. */
  readonly policies: readonly HeldPolicy[];
  /** Names of the groups, which are holders of their own. */
  readonly groups: readonly string[];
  /** Boundary and organisation: each allows what the holder may do, or it may not do it. */
  readonly limits: readonly (readonly Policy[])[];
}

export interface HeldPolicy {
  readonly name: string;
  readonly policy: Policy;
  /** Where the account file gives it. */
  readonly at: Span;
  /** The text in which it stands; `undefined` for one that nobody here writes. */
  readonly in: FileText | undefined;
}
