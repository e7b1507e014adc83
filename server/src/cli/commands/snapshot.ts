/** `iam-policy snapshot`: the account as AWS has it, stored in the form that every other command reads. */

import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Snapshot } from "../../account/change/snapshot-shape.js";
import { writeSnapshotText } from "../../account/change/snapshot-text.js";
import { SNAPSHOT_LISTS } from "../../account/snapshot.js";
import { counted } from "../../policy/counted.js";
import { readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { readTextFile, reasonOf } from "../read-text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy snapshot [--out FILE]
Reads users, groups, roles, policies, buckets and their policies from AWS. Nothing is changed there.
  --out FILE                 where to store it (standard output); an older snapshot is replaced, nothing else is
${AWS_USAGE}Exit 0: the whole account was read. 1: all but what may not be read, which is named. 2: AWS could not be asked.
`;

const FLAGS = { out: { type: "string" }, ...AWS_FLAGS } as const;

export async function snapshotCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: AwsPorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [extra] = positionals;
  if (extra !== undefined)
    throw new UsageError(`\`${extra}\` means nothing here. Name a file with --out FILE.`);
  const { out } = values;
  const path = typeof out === "string" ? resolve(terminal.cwd, out) : undefined;
  if (path !== undefined) refuseOtherFile(path, String(out));
  return withAws(values, terminal, ports, async ({ target }) => {
    const id = await target.accountId();
    const snapshot = await target.read({
      progress: (done, what) => terminal.progress?.(`${done} ${what} of account ${id} …`),
    });
    terminal.progress?.("");
    const text = writeSnapshotText(snapshot);
    if (path === undefined) terminal.out(text);
    else {
      write(path, text, String(out));
      terminal.out(`${summary(snapshot)} of account ${id} (${target.name}) are in ${String(out)}.\n`);
    }
    return reportUnreadable(snapshot, terminal) ? EXIT.findings : EXIT.ok;
  });
}

/** @returns whether there was anything to report */
function reportUnreadable({ UnreadableBuckets = {} }: Snapshot, { err }: Terminal): boolean {
  for (const [bucket, reason] of Object.entries(UnreadableBuckets)) {
    const what = bucket === "*" ? "Buckets are left out" : `The policy of bucket ${bucket} is left out`;
    err(`${what}: ${reason}\n`);
  }
  return Object.keys(UnreadableBuckets).length > 0;
}

function summary(snapshot: Snapshot): string {
  const { UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies } = snapshot;
  const parts = [
    counted(users.length, "user"),
    counted(groups.length, "group"),
    counted(roles.length, "role"),
    counted(Policies.length, "policy", "policies"),
  ];
  return `${parts.join(", ")} and ${counted(Object.keys(snapshot.BucketPolicies ?? {}).length, "bucket")}`;
}

/** @throws UsageError for a file that is no snapshot: it may be somebody's work */
function refuseOtherFile(path: string, shown: string): void {
  if (!existsSync(path)) return;
  const text = readTextFile(path, shown, "account");
  if (SNAPSHOT_LISTS.some((list) => text.includes(`"${list}"`))) return;
  throw new UsageError(`${shown} is there already and is no snapshot. Name another file with --out.`);
}

function write(path: string, text: string, shown: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
  }
}
