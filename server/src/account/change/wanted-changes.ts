/**
 * Which facts of an observed account have to change so that it is as its file says, and what stands in the way. In what
 * order and by which calls is `plan-changes.ts`'s.
 */
import {
  called,
  DESCRIPTION,
  EXISTS,
  type FactChange,
  type Facts,
  kindOf,
  nameOf,
  SESSION,
  type SubjectId,
  sameFact,
  subjectId,
  TAG,
} from "./facts.js";
import type { WantedFacts } from "./facts-of-account.js";
import type { PlanProblem } from "./plan.js";
import type { Snapshot } from "./snapshot-shape.js";

/** @param problems takes what stands in the way; what it has already is not made by halves */
export function wantedChanges(
  { facts: wanted, decides }: WantedFacts,
  facts: Facts,
  observed: Snapshot,
  problems: PlanProblem[],
): readonly FactChange[] {
  const unusable = unusableOf(problems);
  const withoutTags = new Set(
    observed.Policies.flatMap(({ PolicyName, Tags }) =>
      Tags === undefined ? [subjectId("policy", PolicyName)] : [],
    ),
  );
  return [...wanted].flatMap(([subject, parts]) => {
    const known = facts.get(subject);
    // What has no usable policy is not created by halves.
    if (known === undefined && unusable.has(subject)) return [];
    if (kindOf(subject) === "bucket" && known === undefined) {
      if (parts.size > 1)
        problems.push({ severity: "error", about: subject, message: noBucket(subject, observed) });
      return [];
    }
    const names = [...new Set([...parts.keys(), ...(known?.keys() ?? [])])];
    const tagsUnknown = known !== undefined && withoutTags.has(subject);
    if (tagsUnknown && names.some((part) => part.startsWith(TAG)))
      problems.push({
        severity: "info",
        about: subject,
        message: `The tags of the policy \`${nameOf(subject)}\` are not known here, and are left alone.`,
      });
    return names.flatMap((part) => {
      const change = { subject, part, before: known?.get(part), after: parts.get(part) };
      if (tagsUnknown && part.startsWith(TAG)) return [];
      if (!decides(subject, part) || sameFact(part, change.before, change.after)) return [];
      // What AWS does not change need not be known.
      const isFixed = known !== undefined && part === DESCRIPTION && kindOf(subject) === "policy";
      if (isFixed && change.before === undefined) return [];
      const obstacle = known === undefined ? undefined : obstacleOf(change);
      if (obstacle === undefined) return [change];
      problems.push({ ...obstacle, about: subject });
      return [];
    });
  });
}

export function unusableOf(problems: readonly PlanProblem[]): ReadonlySet<SubjectId | undefined> {
  return new Set(
    problems.flatMap(({ severity, about }) => (severity === "error" && about !== undefined ? [about] : [])),
  );
}

/** What AWS does not change, or what is not known well enough to change it. */
function obstacleOf({ subject, part, before, after }: FactChange): Omit<PlanProblem, "about"> | undefined {
  const kind = kindOf(subject);
  const what = `the ${called(subject)}`;
  if (part === EXISTS)
    return {
      severity: "error",
      message: `There is ${what} as \`${before}\`, and the account file wants \`${after}\`: nothing is moved. Correct its \`path\`, or delete and create it yourself.`,
    };
  if (part === DESCRIPTION && kind === "policy")
    return {
      severity: "info",
      message: `The description of ${what} stays as it is: AWS does not change it.`,
    };
  if ((part === DESCRIPTION || part === SESSION) && before === undefined)
    return {
      severity: "info",
      message: `The ${part === SESSION ? "longest session" : "description"} of ${what} is not known here, and is left alone.`,
    };
  return undefined;
}

function noBucket(subject: SubjectId, { BucketPolicies, UnreadableBuckets = {} }: Snapshot): string {
  const name = nameOf(subject);
  const unreadable = UnreadableBuckets[name] ?? UnreadableBuckets["*"];
  if (unreadable !== undefined)
    return `The policy of the bucket \`${name}\` is not known here: ${unreadable}`;
  return BucketPolicies === undefined
    ? `The policies of buckets are not known here, so that of \`${name}\` cannot be planned: a snapshot has them under \`BucketPolicies\`.`
    : `There is no bucket \`${name}\` in the account: a plan changes policies of buckets, and makes none.`;
}
