/** The account file and the target that a command line names, for the commands that change accounts. */
import { dirname, relative, resolve } from "node:path";
import type { ApplyPorts } from "../account/change/apply-plan.js";
import type { JournalStore } from "../account/change/journal.js";
import type { AccountTarget } from "../account/change/target.js";
import { ACCOUNT_FILE } from "../account/desired-account.js";
import { describeProblem } from "../account/problem.js";
import { AccountFiles } from "../workspace/account-files.js";
import type { ChangePorts } from "../workspace/change-ports.js";
import { accountToChange, openTarget, targetContext } from "../workspace/planned-change.js";
import { Workspace, type WorkspacePorts } from "../workspace/workspace.js";
import type { Arguments } from "./arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "./aws-flags.js";
import { shownPath } from "./discover.js";
import { type Terminal, UsageError } from "./terminal.js";

export interface ChangeCommandPorts {
  readonly change: ChangePorts;
}

export const CHANGE_FLAGS = {
  account: { type: "string" },
  target: { type: "string" },
  plan: { type: "boolean" },
  yes: { type: "boolean" },
  delete: { type: "boolean" },
  "allow-lock-out": { type: "boolean" },
  calls: { type: "boolean" },
  format: { type: "string" },
  "managed-policies": { type: "string" },
  ...AWS_FLAGS,
} as const;

export const CHANGE_USAGE = `  --account FILE             the account file (iam-account.json)
  --target TARGET            snapshot:FILE, or aws[:PROFILE] (snapshot:iam-account.snapshot.json beside the account file)
  --plan                     show the plan, and change nothing
  --yes                      carry out without asking; deletions only with --delete
  --delete                   deletions are confirmed
  --allow-lock-out           even if people lose what it takes to undo it
  --calls                    show each step as a call of AWS's own command line
  --format text|json         how to print the plan (text)
  --managed-policies FILE    documents of AWS's managed policies
${AWS_USAGE}`;

export interface ChangeSetting {
  readonly files: AccountFiles;
  /** Of the account file. */
  readonly path: string;
  readonly target: AccountTarget;
  readonly journals: JournalStore;
  readonly lock: ApplyPorts["lock"];
  readonly workspace: Workspace;
}

/**
 * Runs with the target open.
 * @throws TargetError where the account file cannot be read
 */
export async function withTarget<T>(
  values: Arguments["values"],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts & ChangeCommandPorts,
  use: (setting: ChangeSetting) => Promise<T>,
): Promise<T> {
  const { cwd } = terminal;
  const path = accountPath(values, cwd);
  const files = new AccountFiles(ports, (it) => shownPath(it, cwd));
  const managed = values["managed-policies"];
  if (typeof managed === "string") {
    const problems = files.useManagedPolicies(resolve(cwd, managed));
    if (problems.length > 0) throw new UsageError(problems.map(describeProblem).join("\n"));
  }
  const account = accountToChange(files, path);
  const folder = dirname(path);
  const context = targetContext(account, folder, cwd);
  const kept = {
    files,
    path,
    workspace: new Workspace(ports),
    journals: ports.change.journals(folder),
    lock: ports.change.locks(folder),
  };
  const text = typeof values["target"] === "string" ? values["target"] : defaultTarget(folder, cwd);
  if (text === "aws" || text.startsWith("aws:")) {
    const profile = text.slice("aws:".length);
    const session = profile === "" ? values : { ...values, profile };
    return withAws(session, terminal, ports, async ({ target: aws }) => {
      const target = await openTarget("aws", { targets: { aws: () => aws } }, context);
      return use({ ...kept, target });
    });
  }
  const targets = { ...ports.change.targets, aws: notHere };
  return use({ ...kept, target: await openTarget(text, { targets }, context) });
}

export function accountPath({ account }: Arguments["values"], cwd: string): string {
  return resolve(cwd, typeof account === "string" ? account : ACCOUNT_FILE);
}

/** Beside the account file, as seen from where the command runs. */
function defaultTarget(folder: string, cwd: string): string {
  return `snapshot:${relative(cwd, resolve(folder, "iam-account.snapshot.json"))}`;
}

function notHere(): never {
  throw new UsageError("AWS is asked elsewhere.");
}
