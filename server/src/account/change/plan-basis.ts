/** What a plan depends on, and whether that is still so: everything else in the account may move meanwhile. */
import {
  ATTACHED,
  BOUNDARY,
  type FactChange,
  type Facts,
  factOf,
  GROUP,
  HELD_ROLE,
  policyName,
  restOf,
  type SubjectId,
  sameFact,
  subjectId,
} from "./facts.js";
import { factsOfSnapshot } from "./facts-of-snapshot.js";
import type { Plan, PlanStep } from "./plan.js";
import type { Snapshot } from "./snapshot-shape.js";

/** All facts of what the steps change, and of the policies, groups and roles that they refer to. */
export function basisOf(steps: readonly PlanStep[], facts: Facts): Facts {
  const basis = new Map<SubjectId, ReadonlyMap<string, string>>();
  const add = (subject: SubjectId) => basis.set(subject, facts.get(subject) ?? new Map());
  for (const { about, changes } of steps) {
    add(about);
    for (const { part, before, after } of changes) {
      const arn = restOf(part, ATTACHED) ?? (part === BOUNDARY ? (after ?? before) : undefined);
      const group = restOf(part, GROUP);
      if (arn !== undefined) add(subjectId("policy", policyName(arn)));
      const role = restOf(part, HELD_ROLE);
      if (group !== undefined) add(subjectId("group", group));
      if (role !== undefined) add(subjectId("role", role));
    }
  }
  return basis;
}

/** What is not any more as the plan supposes, in what it depends on. */
export function movedSince({ basis }: Plan, live: Snapshot): readonly FactChange[] {
  const facts = factsOfSnapshot(live);
  return [...basis].flatMap(([subject, known]) => {
    const parts = new Set([...known.keys(), ...(facts.get(subject)?.keys() ?? [])]);
    return [...parts].flatMap((part) => {
      const before = known.get(part);
      const after = factOf(facts, subject, part);
      return sameFact(part, before, after) ? [] : [{ subject, part, before, after }];
    });
  });
}
