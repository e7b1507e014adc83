/**
 * A change of an account, ready to be shown and confirmed: read from its file, its target or its journal, planned and
 * checked. Whoever shows it decides what is carried out; every front door makes its plans here.
 */
import type { Account } from "../account/account.js";
import { type CheckedPlan, checkPlan } from "../account/change/check-plan.js";
import { isPolicyOfAws } from "../account/change/facts.js";
import type { Run } from "../account/change/journal.js";
import { type PlannedAccount, type PlanOptions, planChanges } from "../account/change/plan-changes.js";
import { planRecovery, type RecoverOptions } from "../account/change/recover.js";
import type { Snapshot } from "../account/change/snapshot-shape.js";
import { type AccountTarget, TargetError } from "../account/change/target.js";
import { isRecordedTarget, recordedIdentity } from "../account/change/target-identity.js";
import { NO_ACCOUNT } from "../account/desired-account.js";
import { readManagedPolicies } from "../account/managed-policies.js";
import { describeProblem } from "../account/problem.js";
import type { AccountFiles } from "./account-files.js";
import type { ChangePorts, TargetContext } from "./change-ports.js";
import { inspectDocument } from "./inspect-document.js";
import type { Workspace } from "./workspace.js";

export interface PlannedChange {
  readonly target: AccountTarget;
  /** With all deletions: what is shown. */
  readonly whole: CheckedPlan;
  /** What is carried out where deletions are not confirmed. */
  readonly withoutDeletions: () => CheckedPlan;
}

export interface ChangeQuestion {
  readonly files: AccountFiles;
  /** The account file. */
  readonly path: string;
  readonly target: AccountTarget;
  /** Documents are held to its checks. */
  readonly workspace: Workspace;
  readonly allowLockOut: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, what: string) => void;
}

/** @throws TargetError */
export async function planApply(
  question: ChangeQuestion,
  options: Omit<PlanOptions, "deletions" | "mistakes">,
): Promise<PlannedChange> {
  const { observed, account, mistakes } = await observe(question);
  if (account === undefined) throw new TargetError("invalid", "The account file cannot be read.");
  const plan = (deletions: boolean) => planChanges(account, observed, { ...options, mistakes, deletions });
  return checked(question, observed, account, plan, false);
}

/** @throws TargetError, also where the target is another than the one that was changed */
export async function planRecover(
  question: ChangeQuestion,
  run: Run,
  options: Omit<RecoverOptions, "deletions">,
): Promise<PlannedChange> {
  await refuseOtherTarget(run, question);
  const { observed, account } = await observe(question);
  const plan = (deletions: boolean) => planRecovery(run, observed, { ...options, deletions });
  return checked(question, observed, account, plan, options.direction === "rollback");
}

async function refuseOtherTarget(
  { records: [first] }: Run,
  { target, signal }: ChangeQuestion,
): Promise<void> {
  if (first === undefined) return;
  const identity = await target.identity(signal === undefined ? {} : { signal });
  if (isRecordedTarget(first.header, identity)) return;
  const recorded = first.header.target;
  const [was, is] =
    recorded === target.name ? [recordedIdentity(first.header), identity] : [recorded, target.name];
  throw new TargetError("invalid", `This was applied to ${was}, not to ${is}: name it with --target.`);
}

async function observe({ files, path, target, signal, progress }: ChangeQuestion) {
  const observed = await target.read({
    ...(signal === undefined ? {} : { signal }),
    ...(progress === undefined ? {} : { progress }),
  });
  // The account knows the texts of those policies of AWS that something in it has already.
  const ofAws = observed.Policies.filter(({ Arn }) => isPolicyOfAws(Arn));
  if (ofAws.length > 0) {
    const text = JSON.stringify({ Policies: ofAws });
    files.useObservedPolicies(readManagedPolicies({ file: target.name, text }).source);
  }
  const { account, problems: mistakes } = files.account(path);
  return { observed, account, mistakes };
}

async function checked(
  { target, files, path, workspace, allowLockOut, signal }: ChangeQuestion,
  observed: Snapshot,
  account: Account | undefined,
  plan: (deletions: boolean) => PlannedAccount,
  restores: boolean,
): Promise<PlannedChange> {
  const caller = await target.caller(signal === undefined ? {} : { signal });
  const check = (planned: PlannedAccount) =>
    checkPlan(planned, observed, account, {
      catalogue: workspace.catalogue,
      managed: files.managedPolicies,
      inspect: (document) => {
        const file = document.file === undefined ? undefined : files.pathOf(document.file);
        return inspectDocument(document, file ?? path, workspace);
      },
      caller,
      allowLockOut,
      restores,
    });
  const whole = check(plan(true));
  const deletes = whole.plan.steps.some(({ section }) => section === "delete");
  return { target, whole, withoutDeletions: () => (deletes ? check(plan(false)) : whole) };
}

/**
 * The account that a text such as `snapshot:FILE` or `aws:PROFILE` names.
 * @throws TargetError
 */
export async function openTarget(
  text: string,
  { targets }: Pick<ChangePorts, "targets">,
  context: TargetContext,
): Promise<AccountTarget> {
  const colon = text.indexOf(":");
  const [scheme, rest] = colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
  const open = Object.hasOwn(targets, scheme) ? targets[scheme] : undefined;
  if (open === undefined) {
    const known = Object.keys(targets).join(", ");
    throw new TargetError(
      "invalid",
      `\`${text}\` is no target: write \`snapshot:FILE\`, or another of ${known}.`,
    );
  }
  const target = await open(rest, context);
  const accountId = await target.accountId();
  if (accountId !== context.accountId)
    throw new TargetError(
      "invalid",
      `The ${target.name} is the account ${accountId}, and the account file is about ${context.accountId}: nothing was done.`,
    );
  return target;
}

/**
 * The account of a file, for changing it.
 * @throws TargetError where it cannot be read, or does not say which account it is about
 */
export function accountToChange(files: AccountFiles, path: string): Account {
  const { account, problems } = files.account(path);
  if (account === undefined || account.id === NO_ACCOUNT)
    throw new TargetError("invalid", problems.map(describeProblem).join("\n"));
  return account;
}

/** What targets are told of the account that a file is about. */
export function targetContext(account: Account, folder: string, cwd = folder): TargetContext {
  const { id, partition, region, resources } = account;
  const prefix = `arn:${partition}:s3:::`;
  const buckets = [...resources.values()].flatMap(({ arn, account: owner }) =>
    owner === undefined && arn.startsWith(prefix) ? [arn.slice(prefix.length)] : [],
  );
  return { cwd, folder, accountId: id, partition, region, buckets };
}
