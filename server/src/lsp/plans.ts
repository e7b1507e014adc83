/**
 * The plans that editors have been shown, by id, so that what is carried out is what was confirmed. Plans are made from
 * the files as they are saved.
 */

import { type ApplyAs, type ApplyOutcome, type ApplyPorts, applyPlan } from "../account/change/apply-plan.js";
import type { CheckedPlan } from "../account/change/check-plan.js";
import { type JournalHeader, type JournalStore, type Run, runsOf } from "../account/change/journal.js";
import { planMarkdown } from "../account/change/plan-report.js";
import { type AccountTarget, TargetError } from "../account/change/target.js";
import { recordedIdentity, snapshotPlace } from "../account/change/target-identity.js";
import { counted } from "../policy/counted.js";
import { AccountFiles } from "../workspace/account-files.js";
import {
  accountToChange,
  openTarget,
  type PlannedChange,
  planApply,
  planRecover,
  targetContext,
} from "../workspace/planned-change.js";
import type { Asking } from "./asking.js";
import type { ApplyView, PlanParams, PlanView, RecordView, TargetName } from "./protocol.js";
import { rememberShown } from "./remember-shown.js";
import { pathOf, type Session } from "./session.js";

export interface Plans {
  /** @throws TargetError, as everything here */
  plan(params: PlanParams, asking: Asking): Promise<PlanView>;
  apply(plan: string, deletions: boolean, asking: Asking): Promise<ApplyView>;
  records(account: string): Promise<readonly RecordView[]>;
  planRollback(account: string, record: string, asking: Asking): Promise<PlanView>;
  resume(account: string, record: string, asking: Asking): Promise<ApplyView>;
}

interface Kept {
  readonly planned: PlannedChange;
  readonly journals: JournalStore;
  readonly lock: ApplyPorts["lock"];
  readonly as: ApplyAs;
}

interface Setting {
  readonly files: AccountFiles;
  readonly path: string;
  readonly journals: JournalStore;
  readonly lock: ApplyPorts["lock"];
  readonly open: (target: TargetName) => Promise<AccountTarget>;
  /** What the account calls the policies of a file. */
  readonly idsOf: (document: string) => readonly string[];
}

export function createPlans(session: Session): Plans {
  const { workspace, change } = session;
  const kept = rememberShown<Kept>("plan");

  const settingOf = (account: string): Setting => {
    const path = pathOf(account);
    if (path === undefined)
      throw new TargetError("invalid", "Save the account file first: a plan lies beside it.");
    const folder = session.files.parentFolder(path) ?? path;
    const shown = (it: string) => workspace.relativePath(folder, it);
    const files = new AccountFiles(session.files, shown);
    const read = accountToChange(files, path);
    const context = targetContext(read, folder);
    const open = async (target: TargetName): Promise<AccountTarget> => {
      if (target !== AWS) return openTarget(target, change, context);
      const { target: aws } = await session.aws.connection();
      return openTarget(AWS, { targets: { [AWS]: () => aws } }, context);
    };
    const idsOf = (document: string): readonly string[] => {
      const file = pathOf(document);
      const name = file && shown(file);
      const ids = [...read.documents.values()].filter((it) => it.file === name).map(({ id }) => id);
      if (ids.length > 0) return ids;
      throw new TargetError(
        "absent",
        `${shown(path)} does not use ${name ?? "this text"}: name the file there under \`policies\`, \`roles\` or \`buckets\`.`,
      );
    };
    return { files, path, open, idsOf, journals: change.journals(folder), lock: change.locks(folder) };
  };

  const question = ({ files, path }: Setting, target: AccountTarget, { signal, report }: Asking) => ({
    files,
    path,
    target,
    signal,
    workspace,
    allowLockOut: false,
    progress: (done: number, what: string) => report(`${done} ${what}`),
  });

  const keep = (it: Kept): PlanView => {
    const id = kept.keep(it);
    const { target, whole } = it.planned;
    const count = (section: "change" | "delete") =>
      whole.plan.steps.filter((it) => it.section === section).length;
    return {
      id,
      target: target.name,
      text: planMarkdown(whole, target.name, workspace.catalogue),
      changes: count("change"),
      deletions: count("delete"),
      blocked: whole.plan.problems.flatMap(({ severity, message }) =>
        severity === "error" ? [message] : [],
      ),
    };
  };

  const carryOut = async (
    checked: CheckedPlan,
    { planned, journals, lock, as }: Kept,
    asking: Asking,
  ): Promise<ApplyView> => {
    const { signal, report } = asking;
    const outcome = await applyPlan(
      checked.plan,
      planned.target,
      {
        ...change,
        lock,
        signal,
        createJournal: (header) => journals.create(header),
        progress: (event) => {
          if (event.type === "retry") report(event.message);
          else if (event.type === "begin") report(event.step.words, (100 * event.index) / event.count);
        },
      },
      as,
    );
    return { ...viewOf(outcome, checked), target: planned.target.name };
  };

  const runOf = async ({ journals }: Setting, record: string): Promise<Run> => {
    const run = runsOf((await journals.list()).records).find(({ records }) =>
      records.some(({ id }) => id === record),
    );
    if (run === undefined)
      throw new TargetError("absent", `There is no apply ${record} in ${journals.place}.`);
    return run;
  };

  const recovery = async (
    account: string,
    record: string,
    direction: "resume" | "rollback",
    asking: Asking,
  ): Promise<Kept> => {
    const setting = settingOf(account);
    const run = await runOf(setting, record);
    const [first] = run.records;
    if (first === undefined) throw new TargetError("absent", `The journal ${record} is empty.`);
    const target = await setting.open(targetOf(first.header));
    const planned = await planRecover(question(setting, target, asking), run, { direction });
    return { ...setting, planned, as: { kind: direction, of: first.id } };
  };

  return {
    async plan({ account, target: name, document, ...params }, asking) {
      const setting = settingOf(account);
      const only = document === undefined ? params.only : setting.idsOf(document);
      const target = await setting.open(name);
      const planned = await planApply(question(setting, target, asking), { ...(only && { only }) });
      return keep({ ...setting, planned, as: { kind: "apply" } });
    },
    async apply(id, deletions, asking) {
      // Whatever becomes of it, it was made for an account that is then another.
      const found = kept.take(id);
      if (found === undefined)
        throw new TargetError("absent", "This plan is not known any more: make it anew.");
      const { whole, withoutDeletions } = found.planned;
      return carryOut(deletions ? whole : withoutDeletions(), found, asking);
    },
    async records(account) {
      const { records } = await settingOf(account).journals.list();
      return runsOf(records).flatMap(recordOf).reverse();
    },
    async planRollback(account, record, asking) {
      return keep(await recovery(account, record, "rollback", asking));
    },
    async resume(account, record, asking) {
      const found = await recovery(account, record, "resume", asking);
      const { whole } = found.planned;
      const [obstacle] = whole.plan.problems.filter(({ severity }) => severity === "error");
      if (obstacle !== undefined) throw new TargetError("conflict", obstacle.message);
      return carryOut(whole, found, asking);
    },
  };
}

const AWS = "aws";

/** Where a journal was kept of; which AWS account that is, the session says. */
function targetOf(header: JournalHeader): TargetName {
  const identity = recordedIdentity(header);
  return snapshotPlace(identity) === undefined ? AWS : identity;
}

function viewOf(outcome: ApplyOutcome, { plan }: CheckedPlan): Omit<ApplyView, "target"> {
  if (outcome.state === "done")
    return {
      record: outcome.journal ?? null,
      state: "done",
      message: `Done: ${counted(plan.steps.length, "step")}.`,
    };
  if (outcome.state === "moved")
    return {
      record: null,
      state: "stopped",
      message: "Nothing was done: the account has changed since the plan was made. Make it anew.",
    };
  if (outcome.state === "held")
    return { record: null, state: "stopped", message: `Nothing was done: ${outcome.message}` };
  const { journal, done, failed, message } = outcome;
  const how = outcome.state === "cancelled" ? "Cancelled" : "Stopped";
  const reason = failed === undefined ? message : `Not done: ${failed.words}. ${message}`;
  return {
    record: journal,
    state: outcome.state === "cancelled" ? "cancelled" : "stopped",
    message: `${how} after ${done.length} of ${counted(plan.steps.length, "step")}. ${reason}`,
  };
}

function recordOf({ records, state }: Run): readonly RecordView[] {
  const [first] = records;
  if (first === undefined) return [];
  const { id, header } = first;
  const { time, target, steps, kind, of } = header;
  const what = kind === "rollback" ? `rollback of ${of}` : "apply";
  return [{ id, when: time, target, state, title: `${what}, ${counted(steps.length, "step")}` }];
}
