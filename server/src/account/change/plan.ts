/**
 * What a plan is: the calls that turn an account as it is into the account as it should be, in order and in words, and
 * what speaks against them. Plain data: making one is `plan-changes.ts`'s, carrying it out `apply-plan.ts`'s.
 */
import type { ApiCall } from "./api-call.js";
import type { FactChange, Facts, SubjectId } from "./facts.js";

export interface Plan {
  /** The twelve digits. */
  readonly accountId: string;
  readonly partition: string;
  /** In the order in which they are made. */
  readonly steps: readonly PlanStep[];
  /** Left out because nobody confirmed deletions, and what cannot be done without them. */
  readonly withheld: readonly PlanStep[];
  readonly problems: readonly PlanProblem[];
  /** What is in the account and not in its file: left alone. */
  readonly unmanaged: readonly SubjectId[];
  /** What the steps depend on, as it was observed. */
  readonly basis: Facts;
}

export interface PlanStep {
  /** Equal for the same step of another plan. */
  readonly id: string;
  readonly about: SubjectId;
  /** What is deleted is gone, but for the journal: it is confirmed by itself. */
  readonly section: "change" | "delete";
  /** For people, such as "Attach `engineer_access` to group `engineer`". */
  readonly words: string;
  readonly call: ApiCall;
  /** What it makes of the account, and what undoing it brings back. */
  readonly changes: readonly FactChange[];
}

export interface PlanProblem {
  /** An error keeps the plan from being carried out. */
  readonly severity: "error" | "warning" | "info";
  readonly about: SubjectId | undefined;
  readonly message: string;
}

export function hasErrors({ problems }: Pick<Plan, "problems">): boolean {
  return problems.some(({ severity }) => severity === "error");
}
