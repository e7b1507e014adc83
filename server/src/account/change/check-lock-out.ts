/**
 * Would a plan take from whoever carries it out, or from everybody, what it takes to undo it? Decided by evaluating
 * requests before and after; what nobody could do before is no loss.
 */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { type DecisionWord, decide } from "../../evaluate/decide.js";
import { TRUST_ACTIONS } from "../../policy/words.js";
import type { Account } from "../account.js";
import { diffPolicies } from "../diff-policies.js";
import { type AccountPrincipal, findPrincipal, principalsOf } from "../principal.js";
import { requestOf } from "../question.js";
import { policyIn } from "./document-meaning.js";
import {
  ATTACHED,
  BOUNDARY,
  BUCKET_POLICY,
  DESCRIPTION,
  DOCUMENT,
  EXISTS,
  type FactChange,
  type Facts,
  factOf,
  GROUP,
  INLINE,
  kindOf,
  nameOf,
  SESSION,
  type SubjectId,
  subjectId,
  TAG,
  TRUST,
} from "./facts.js";
import type { PlanProblem, PlanStep } from "./plan.js";

export interface LockOutQuestion {
  readonly steps: readonly PlanStep[];
  readonly before: Account;
  readonly after: Account;
  readonly factsBefore: Facts;
  readonly factsAfter: Facts;
  /** ARN of whoever carries the plan out, where that is known. */
  readonly caller: string | undefined;
  /** Does it bring back what was? That nobody but the root user could do much then is no obstacle. */
  readonly restores: boolean;
}

export function checkLockOut(question: LockOutQuestion, catalogue: Catalogue): readonly PlanProblem[] {
  return [
    ...callerProblems(question, catalogue),
    ...everybodyProblems(question, catalogue),
    ...trustProblems(question, catalogue),
  ];
}

interface Ability {
  readonly action: string;
  readonly resource: string;
}

const FEW = 3;

function callerProblems(question: LockOutQuestion, catalogue: Catalogue): readonly PlanProblem[] {
  const { steps, before, after, caller, factsBefore, factsAfter } = question;
  if (caller === undefined) return [];
  const old = findPrincipal(before, caller);
  const now = findPrincipal(after, caller);
  // Somebody from another account, or whom the snapshot does not have: nothing is known of their policies.
  if (!old.ok) return [];
  const name = old.principal.name;
  if (!now.ok) {
    const message = `This deletes \`${name}\`, who carries it out.`;
    return [{ severity: "error", about: undefined, message }];
  }
  const needed = steps.flatMap(({ changes }) =>
    changes.flatMap((it) => undoing(it, factsBefore, factsAfter, before.partition) ?? []),
  );
  const lost = unique(needed).flatMap((ability) => {
    const was = decisionOf(before, old.principal, ability, catalogue);
    const is = decisionOf(after, now.principal, ability, catalogue);
    return was === "allowed" && is !== undefined && is !== "allowed" ? [{ ...ability, is }] : [];
  });
  if (lost.length === 0) return [];
  const shown = lost
    .slice(0, FEW)
    .map(({ action, resource, is }) => `\`${action}\` on \`${resource}\` (${is})`);
  const more = lost.length > FEW ? ` and ${lost.length - FEW} more` : "";
  const message = `Lock-out: \`${name}\`, who carries this out, could not undo it afterwards, without ${shown.join(", ")}${more}.`;
  return [{ severity: "error", about: undefined, message }];
}

/** What it takes to make a change undone. */
function undoing(
  { subject, part, after }: FactChange,
  factsBefore: Facts,
  factsAfter: Facts,
  partition: string,
): Ability | undefined {
  const kind = kindOf(subject);
  const arnOf = (id: SubjectId) => factOf(factsAfter, id, EXISTS) ?? factOf(factsBefore, id, EXISTS) ?? "*";
  const is = after !== undefined;
  const on = (action: string, resource = arnOf(subject)): Ability => ({ action, resource });
  if (kind === "bucket") {
    const bucket = `arn:${partition}:s3:::${nameOf(subject)}`;
    return part === BUCKET_POLICY ? on("s3:PutBucketPolicy", bucket) : undefined;
  }
  if (kind === "instance-profile") {
    const operation = part === EXISTS ? (is ? "Delete" : "Create") : is ? "RemoveRoleFrom" : "AddRoleTo";
    return on(`iam:${operation}InstanceProfile`);
  }
  const word = { user: "User", group: "Group", role: "Role", policy: "Policy" }[kind];
  if (part === EXISTS) return on(`iam:${is ? "Delete" : "Create"}${word}`);
  if (part === TRUST) return on("iam:UpdateAssumeRolePolicy");
  if (part === DOCUMENT) return on("iam:CreatePolicyVersion");
  if (part === DESCRIPTION || part === SESSION) return on("iam:UpdateRole");
  if (part === BOUNDARY) return on(`iam:${is ? "Delete" : "Put"}${word}PermissionsBoundary`);
  if (part.startsWith(ATTACHED)) return on(`iam:${is ? "Detach" : "Attach"}${word}Policy`);
  if (part.startsWith(INLINE)) return on(`iam:Put${word}Policy`);
  if (part.startsWith(TAG)) return on(`iam:${is ? "Untag" : "Tag"}${word}`);
  if (part.startsWith(GROUP)) {
    const group = subjectId("group", part.slice(GROUP.length));
    return on(`iam:${is ? "RemoveUserFromGroup" : "AddUserToGroup"}`, arnOf(group));
  }
  return undefined;
}

function unique(abilities: readonly Ability[]): readonly Ability[] {
  return [...new Map(abilities.map((it) => [`${it.action} ${it.resource}`, it])).values()];
}

/** Things that somebody besides the root user has to be able to do, if somebody is now. */
function everybodyProblems(question: LockOutQuestion, catalogue: Catalogue): readonly PlanProblem[] {
  const { before, after, steps, restores } = question;
  const { partition, id } = before;
  const buckets = steps.filter(({ call }) => call.service === "s3").map(({ about }) => about);
  const iam = (resource: string) => `arn:${partition}:iam::${id}:${resource}`;
  const demands: readonly { what: string; about: SubjectId | undefined; abilities: readonly Ability[] }[] = [
    {
      what: "change policies of the account and attach them to groups",
      about: undefined,
      abilities: [
        { action: "iam:CreatePolicyVersion", resource: iam("policy/any") },
        { action: "iam:AttachGroupPolicy", resource: iam("group/any") },
      ],
    },
    ...[...new Set(buckets)].map((about) => ({
      what: `change the policy of the bucket \`${nameOf(about)}\``,
      about,
      abilities: [{ action: "s3:PutBucketPolicy", resource: `arn:${partition}:s3:::${nameOf(about)}` }],
    })),
  ];
  return demands.flatMap(({ what, about, abilities }) => {
    const able = (account: Account) => whoCan(account, abilities, catalogue);
    const some = able(before);
    if (some === undefined || able(after) !== undefined) return [];
    const message = `Lock-out: afterwards nobody but the root user could ${what}. Now \`${some}\` can.`;
    return [{ severity: restores ? "warning" : "error", about, message } as const];
  });
}

/** The first who can do all of it. */
function whoCan(account: Account, abilities: readonly Ability[], catalogue: Catalogue): string | undefined {
  return principalsOf(account).find((name) => {
    const found = findPrincipal(account, name);
    return (
      found.ok &&
      abilities.every((ability) => decisionOf(account, found.principal, ability, catalogue) === "allowed")
    );
  });
}

/** Whoever carries the plan out as a role has to be able to become it again. */
function trustProblems(question: LockOutQuestion, catalogue: Catalogue): readonly PlanProblem[] {
  const { caller, steps } = question;
  const role = /:assumed-role\/([^/]+)\//.exec(caller ?? "")?.[1];
  const about = role === undefined ? undefined : subjectId("role", role);
  const change = steps.flatMap((it) => it.changes).find((it) => it.subject === about && it.part === TRUST);
  const [old, now] = [change?.before, change?.after].map((it) =>
    it === undefined ? undefined : policyIn(it),
  );
  if (old === undefined || now === undefined) return [];
  const actions = new Set<string>(TRUST_ACTIONS);
  const lost = diffPolicies(old, now, catalogue).filter(
    (it) => it.change === "lost" && it.actions.some((action) => actions.has(action)),
  );
  const who = [...new Set(lost.map((it) => it.who))];
  if (who.length === 0) return [];
  const message = `Lock-out: this is carried out as the role \`${role}\`, which ${who.map((it) => `\`${it}\``).join(", ")} could not assume any more.`;
  return [{ severity: "error", about, message }];
}

function decisionOf(
  account: Account,
  principal: AccountPrincipal,
  { action, resource }: Ability,
  catalogue: Catalogue,
): DecisionWord | undefined {
  const asked = requestOf(account, { principal, action, resource, context: {} });
  return asked.ok ? decide(asked.request, catalogue) : undefined;
}
