/**
 * A snapshot file as an account that can be changed: every call reads the file, changes it as AWS would change the
 * account, and writes it as a whole, under a lock. What a call does is `account/change/perform-on.ts`'s.
 */
import { readFile } from "node:fs/promises";
import type { ApiCall } from "../account/change/api-call.js";
import { performOn } from "../account/change/perform-on.js";
import type { Snapshot } from "../account/change/snapshot-shape.js";
import { indentOf, readSnapshotText, writeSnapshotText } from "../account/change/snapshot-text.js";
import { type AccountTarget, type CallOptions, TargetError } from "../account/change/target.js";
import { shownSnapshot, snapshotIdentity } from "../account/change/target-identity.js";
import { parseArn } from "../policy/arn.js";
import { codeOf, fileError } from "./file-error.js";
import { whileLocked } from "./file-lock.js";

export interface SnapshotTargetOptions {
  /** As shown to the user: the same from everywhere, for journals know the file by it. */
  readonly shown: string;
  /** Whose account it is, where the file does not tell. */
  readonly accountId: string;
  readonly partition: string;
  /** The buckets of an account that is new: a plan makes none. */
  readonly buckets: readonly string[];
  /** Replaces the file as a whole; a test may break it off. */
  readonly write?: (path: string, text: string) => Promise<void>;
}

export function snapshotTarget(path: string, options: SnapshotTargetOptions): AccountTarget {
  const { shown } = options;
  const name = shownSnapshot(shown);
  const read = async () => (await load(path, options)).snapshot;
  const accountId = async () => accountIn(await read()) ?? options.accountId;
  return {
    name,
    async identity() {
      return snapshotIdentity(shown);
    },
    async accountId(call) {
      refuseCancelled(call);
      return accountId();
    },
    async caller() {
      return undefined;
    },
    async read(call) {
      refuseCancelled(call);
      return read();
    },
    async perform(call, callOptions) {
      refuseCancelled(callOptions);
      await whileLocked(path, shown, () => change(path, call, options));
    },
  };
}

async function change(path: string, call: ApiCall, options: SnapshotTargetOptions): Promise<void> {
  const { snapshot, text } = await load(path, options);
  const accountId = accountIn(snapshot) ?? options.accountId;
  const changed = performOn(snapshot, call, { accountId, partition: options.partition });
  if (changed === snapshot) return;
  const write = options.write ?? writeAtomically;
  try {
    await write(path, writeSnapshotText(changed, text === undefined ? undefined : indentOf(text)));
  } catch (error) {
    throw fileError(error, options.shown, "written");
  }
}

/** Loaded on first use: those who only read need it not. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(path, text);
}

interface Loaded {
  readonly snapshot: Snapshot;
  /** `undefined`: there is no file yet. */
  readonly text: string | undefined;
}

async function load(path: string, { shown, buckets }: SnapshotTargetOptions): Promise<Loaded> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileError(error, shown, "read");
    const BucketPolicies = Object.fromEntries(buckets.map((it) => [it, null]));
    const lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
    return { snapshot: { ...lists, BucketPolicies }, text: undefined };
  }
  return { snapshot: readSnapshotText(text, shown), text };
}

function accountIn(snapshot: Snapshot): string | undefined {
  const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = snapshot;
  for (const { Arn } of [...UserDetailList, ...GroupDetailList, ...RoleDetailList, ...Policies]) {
    const account = parseArn(Arn)?.account ?? "";
    if (/^\d{12}$/.test(account)) return account;
  }
  return undefined;
}

function refuseCancelled(options: CallOptions | undefined): void {
  if (options?.signal?.aborted === true) throw new TargetError("cancelled", "It was cancelled.");
}
