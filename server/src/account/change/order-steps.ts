/**
 * Steps in an order in which AWS takes each of them and nobody has, at any moment, more than before the plan and more
 * than after it. Each step is tried on a snapshot first; what gives goes before what takes, so that nobody loses in
 * between what they have at both ends.
 */
import type { DraftStep } from "./change-steps.js";
import { type Facts, type SubjectId, withChanges } from "./facts.js";
import { type Home, performOn } from "./perform-on.js";
import type { PlanStep } from "./plan.js";
import type { Snapshot } from "./snapshot-shape.js";
import { TargetError } from "./target.js";
import type { TransientAccess } from "./transient-access.js";

export interface OrderedSteps {
  readonly steps: readonly PlanStep[];
  /** The account after the steps. */
  readonly result: Snapshot;
  /** Steps that AWS would refuse wherever they stood, and why. */
  readonly refused: readonly { readonly step: PlanStep; readonly why: string }[];
  /** Steps after which somebody has too much for a moment. */
  readonly excesses: readonly { readonly step: PlanStep; readonly who: readonly SubjectId[] }[];
}

export function orderSteps(
  drafts: readonly DraftStep[],
  snapshot: Snapshot,
  facts: Facts,
  home: Home,
  access: TransientAccess,
): OrderedSteps {
  const left = [...drafts].sort((a, b) => a.phase - b.phase);
  const steps: PlanStep[] = [];
  const excesses: { step: PlanStep; who: readonly SubjectId[] }[] = [];
  let now = snapshot;
  let state = facts;
  while (left.length > 0) {
    let chosen: Candidate | undefined;
    for (const [index, step] of left.entries()) {
      const result = attempt(now, step, home);
      if (typeof result === "string") continue;
      const next = withChanges(state, step.changes);
      const who = access.excess(next, step.about);
      const candidate = { index, step, result, state: next, who };
      // One that gives too much is the last resort, and of those the first.
      chosen ??= candidate;
      if (who.length > 0) continue;
      chosen = candidate;
      break;
    }
    if (chosen === undefined) break;
    const { phase: _, ...step } = chosen.step;
    left.splice(chosen.index, 1);
    steps.push(step);
    if (chosen.who.length > 0) excesses.push({ step, who: chosen.who });
    now = chosen.result;
    state = chosen.state;
  }
  const refused = left.map(({ phase: _, ...step }) => ({ step, why: String(attempt(now, step, home)) }));
  return { steps, result: now, refused, excesses };
}

interface Candidate {
  readonly index: number;
  readonly step: DraftStep;
  readonly result: Snapshot;
  readonly state: Facts;
  readonly who: readonly SubjectId[];
}

/** The account after the step, or why AWS would refuse it. */
function attempt(snapshot: Snapshot, { call }: PlanStep, home: Home): Snapshot | string {
  try {
    return performOn(snapshot, call, home);
  } catch (error) {
    if (error instanceof TargetError) return error.message;
    throw error;
  }
}
