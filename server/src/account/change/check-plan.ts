/**
 * A plan looked at from all sides before it is shown: documents that AWS would not take or that lock somebody out,
 * quotas, and the access that people gain and lose. Whether the steps themselves can be made the plan knows already.
 */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { TRUST_POLICY } from "../../policy/policy-quota.js";
import type { PolicyKind } from "../../policy/words.js";
import type { Account } from "../account.js";
import type { ManagedPolicySource } from "../account-builder.js";
import { diffAccounts } from "../diff-accounts.js";
import type { Difference } from "../semantic-diff.js";
import { accountOfSnapshot } from "./account-of-snapshot.js";
import { ATTACHED_POLICIES } from "./aws-limits.js";
import { checkLockOut } from "./check-lock-out.js";
import { documentId } from "./document-id.js";
import { documentSize } from "./document-size.js";
import {
  ATTACHED,
  BUCKET_POLICY,
  type FactChange,
  isDocument,
  kindOf,
  nameOf,
  type SubjectId,
  TRUST,
  VERSION,
} from "./facts.js";
import { factsOfSnapshot } from "./facts-of-snapshot.js";
import type { Plan, PlanProblem } from "./plan.js";
import type { PlannedAccount } from "./plan-changes.js";
import { describeFact } from "./recover.js";
import type { Snapshot } from "./snapshot-shape.js";

/** What the checks of policies say of a document. */
export interface Inspection {
  /** What AWS would refuse it for. */
  readonly refused: readonly string[];
  /** What the workspace makes an error of: sentences, with the name of the rule. */
  readonly forbidden: readonly string[];
  /** Does it let everybody in, with nothing to narrow that? */
  readonly isPublic: boolean;
}

export interface DocumentToInspect {
  readonly text: string;
  readonly kind: PolicyKind;
  /** As CloudFormation names it. */
  readonly resourceType: string | undefined;
  /** Where it stands, as the account calls the file; `undefined` for what is in none. */
  readonly file: string | undefined;
}

export interface CheckPorts {
  readonly catalogue: Catalogue;
  readonly managed: ManagedPolicySource;
  readonly inspect: (document: DocumentToInspect) => Inspection;
  /** ARN of whoever carries the plan out, where that is known. */
  readonly caller: string | undefined;
  /** Is it wanted that people lose what it takes to undo the plan? Then it is told, and no obstacle. */
  readonly allowLockOut: boolean;
  /** Does the plan bring back what was, as one that rolls back? */
  readonly restores: boolean;
}

export interface CheckedPlan {
  readonly plan: Plan;
  /** Access gained and lost, by principal: found when it is asked for, which takes its time. */
  readonly access: () => readonly Difference[];
}

/** @param file the account file; none for a plan that has no such, as one that rolls back */
export function checkPlan(
  { plan, result }: PlannedAccount,
  observed: Snapshot,
  file: Account | undefined,
  ports: CheckPorts,
): CheckedPlan {
  const { steps, accountId, partition } = plan;
  const home = { accountId, partition };
  const { catalogue, managed, caller } = ports;
  const before = accountOfSnapshot(observed, home, file, managed);
  const after = accountOfSnapshot(result, home, file, managed);
  if (before === undefined || after === undefined || steps.length === 0) return { plan, access: () => [] };
  const changes = steps.flatMap((it) => it.changes);
  const lockOut = checkLockOut(
    {
      steps,
      before,
      after,
      caller,
      restores: ports.restores,
      factsBefore: factsOfSnapshot(observed),
      factsAfter: factsOfSnapshot(result),
    },
    catalogue,
  );
  const problems = [
    ...changes.flatMap((it) => documentProblems(it, observed, file, ports)),
    ...quotaProblems(new Set(steps.map(({ about }) => about)), result),
    ...lockOut.map((it): PlanProblem => (ports.allowLockOut ? { ...it, severity: "warning" } : it)),
  ];
  let differences: readonly Difference[] | undefined;
  return {
    plan: { ...plan, problems: [...plan.problems, ...problems] },
    access: () => {
      differences ??= diffAccounts(before, after, catalogue);
      return differences;
    },
  };
}

function documentProblems(
  { subject, part, after }: FactChange,
  observed: Snapshot,
  account: Account | undefined,
  { inspect, restores }: CheckPorts,
): readonly PlanProblem[] {
  if (after === undefined || !isDocument(part) || part.startsWith(VERSION)) return [];
  const isBucket = kindOf(subject) === "bucket";
  const kind: PolicyKind = part === TRUST ? "trust" : isBucket ? "resource" : "identity";
  const file = account?.documents.get(documentId(subject, part) ?? "")?.file;
  const resourceType = isBucket ? "AWS::S3::Bucket" : undefined;
  const { refused, forbidden, isPublic } = inspect({ text: after, kind, resourceType, file });
  const what = describeFact(subject, part);
  // What is brought back was there before, whatever the checks say of it.
  const severity = restores ? "warning" : "error";
  const problem = (message: string): PlanProblem => ({ severity, about: subject, message });
  const problems = [
    ...refused.map((message) => problem(`AWS would not take ${what}: ${message}`)),
    ...forbidden.map((message) => problem(`This workspace does not take ${what}: ${message}`)),
  ];
  if (isPublic && part === BUCKET_POLICY) problems.push(publicProblem(subject, observed));
  if (part === TRUST && documentSize(after).dense > TRUST_POLICY)
    problems.push({
      severity: "warning",
      about: subject,
      message: `The trust policy of role \`${nameOf(subject)}\` is longer than ${TRUST_POLICY} characters: AWS takes it only where that quota has been raised.`,
    });
  return problems;
}

function publicProblem(about: SubjectId, observed: Snapshot): PlanProblem {
  const name = nameOf(about);
  // Whichever of them is set counts.
  const blocks = [
    ["the bucket", observed.PublicAccessBlocks?.[name]],
    ["the account", observed.AccountPublicAccessBlock],
  ] as const;
  const [blocking] = blocks.find(([, block]) => block?.BlockPublicPolicy === true) ?? [];
  if (blocking !== undefined)
    return {
      severity: "error",
      about,
      message: `S3 would refuse the policy of bucket \`${name}\`: S3 takes it for public, and ${blocking} blocks public policies.`,
    };
  const [restricting] = blocks.find(([, block]) => block?.RestrictPublicBuckets === true) ?? [];
  const ignored =
    restricting === undefined
      ? ""
      : ` S3 keeps strangers out all the same, for ${restricting} restricts public access.`;
  const message = `The policy of bucket \`${name}\` lets everybody in: no condition narrows it.${ignored}`;
  return { severity: "warning", about, message };
}

/** Quotas that AWS raises: whether it has is not known. */
function quotaProblems(touched: ReadonlySet<SubjectId>, result: Snapshot): readonly PlanProblem[] {
  const facts = factsOfSnapshot(result);
  return [...touched].flatMap((about) => {
    const attached = [...(facts.get(about)?.keys() ?? [])].filter((part) => part.startsWith(ATTACHED)).length;
    if (attached <= ATTACHED_POLICIES) return [];
    const message = `${attached} policies would be attached to ${kindOf(about)} \`${nameOf(about)}\`: AWS takes more than ${ATTACHED_POLICIES} only where that quota has been raised.`;
    return [{ severity: "warning", about, message } as const];
  });
}
