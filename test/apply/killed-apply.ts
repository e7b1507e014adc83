/**
 * A process of its own that applies, resumes or takes back, and kills itself at a given moment: after every entry of the
 * journal, and before and after every write of the account. Arguments: folder, what to do, moment; 0 lives on and prints
 * how many moments there were.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { applyPlan } from "../../server/src/account/change/apply-plan.js";
import { type JournalStore, runsOf } from "../../server/src/account/change/journal.js";
import { type PlannedAccount, planChanges } from "../../server/src/account/change/plan-changes.js";
import { planRecovery } from "../../server/src/account/change/recover.js";
import { readAccount } from "../../server/src/account/read-account.js";
import { changePorts } from "../../server/src/node/change-ports.js";
import { snapshotTarget } from "../../server/src/node/snapshot-target.js";

export type Task = "apply" | "resume" | "rollback";
/** Told of every moment at which a process may die. */
export type Moment = () => void;

/** Does the task in a folder with `iam-account.json` and `snapshot.json`. */
export async function carryOut(folder: string, task: Task, moment: Moment): Promise<string> {
  const text = readFileSync(join(folder, "iam-account.json"), "utf8");
  const { account } = readAccount(
    { file: "iam-account.json", text },
    () => undefined,
    () => undefined,
  );
  if (account === undefined) throw new Error("no account");
  const ports = changePorts();
  const target = snapshotTarget(join(folder, "snapshot.json"), {
    shown: "snapshot.json",
    accountId: account.id,
    partition: account.partition,
    buckets: [],
    write: async (path, content) => {
      moment();
      await writeFileAtomic(path, content);
      moment();
    },
  });
  const journals = ports.journals(folder);
  const observed = await target.read();
  const [run] = runsOf((await journals.list()).records);
  // Killed before anything was recorded, and so before anything was done.
  if (task !== "apply" && run === undefined) return "nothing";
  let planned: PlannedAccount;
  if (task === "apply" || run === undefined) planned = planChanges(account, observed, { deletions: true });
  else planned = planRecovery(run, observed, { direction: task, deletions: true });
  const [of] = run?.records ?? [];
  const outcome = await applyPlan(
    planned.plan,
    target,
    {
      ...ports,
      lock: ports.locks(folder),
      createJournal: (header) => watchedJournal(journals, header, moment),
    },
    task === "apply" || of === undefined ? { kind: "apply" } : { kind: task, of: of.id },
  );
  const errors = planned.plan.problems.filter(({ severity }) => severity === "error");
  return errors.length > 0 ? JSON.stringify(errors) : outcome.state;
}

async function watchedJournal(
  journals: JournalStore,
  header: Parameters<JournalStore["create"]>[0],
  moment: Moment,
) {
  moment();
  const journal = await journals.create(header);
  moment();
  return {
    ...journal,
    async append(entry: Parameters<typeof journal.append>[0]) {
      await journal.append(entry);
      moment();
    },
  };
}

const [, , folder, task, at] = process.argv;
if (folder !== undefined && task !== undefined && at !== undefined) {
  let count = 0;
  const state = await carryOut(folder, task as Task, () => {
    count++;
    if (count === Number(at)) process.kill(process.pid, "SIGKILL");
  });
  process.stdout.write(`${state} ${count}`);
}
