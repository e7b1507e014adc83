/**
 * A snapshot file as an account that can be changed: every call reads the file, changes it as AWS would change the
 * account, and writes it as a whole, under a lock. What a call does is `account/change/perform-on.ts`'s.
 */
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ApiCall } from "./account/change/api-call.js";
import { performOn } from "./account/change/perform-on.js";
import type { Snapshot } from "./account/change/snapshot-shape.js";
import { indentOf, readSnapshotText, writeSnapshotText } from "./account/change/snapshot-text.js";
import { type AccountTarget, type CallOptions, TargetError } from "./account/change/target.js";
import { parseArn } from "./policy/arn.js";

export interface SnapshotTargetOptions {
  /** As shown to the user. */
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
  const name = `snapshot ${shown}`;
  const read = async () => (await load(path, options)).snapshot;
  const accountId = async () => accountIn(await read()) ?? options.accountId;
  return {
    name,
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
      const release = await acquire(path, shown);
      try {
        await change(path, call, options);
      } finally {
        await release().catch(() => undefined);
      }
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

/** Loaded on first use, as the lock is: neither is needed by those who only read. */
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

/** Milliseconds without a sign of life after which a lock is that of a process that is gone. */
const STALE = 5_000;
const LOCK = {
  realpath: false,
  stale: STALE,
  update: STALE / 5,
  retries: { retries: 60, factor: 1.2, minTimeout: 25, maxTimeout: 250, randomize: true },
  // The write itself replaces the file as a whole, so that even two writers leave a sound one.
  onCompromised: () => undefined,
} as const;

async function acquire(path: string, shown: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const { lock } = await import("proper-lockfile");
    return await lock(path, LOCK);
  } catch (error) {
    if (codeOf(error) === "ELOCKED")
      throw new TargetError(
        "unavailable",
        `${shown} is being written by another program. Try again when it is done; if there is none, delete ${shown}.lock.`,
      );
    throw fileError(error, shown, "locked");
  }
}

function fileError(error: unknown, shown: string, what: "read" | "written" | "locked"): TargetError {
  if (error instanceof TargetError) return error;
  const code = codeOf(error);
  const reason = REASONS[code ?? ""];
  return reason === undefined
    ? new TargetError("unavailable", `${shown} cannot be ${what} (${code ?? "unknown error"}).`)
    : new TargetError(reason[0], `${shown} cannot be ${what}: ${reason[1]}`);
}

const REASONS: Readonly<Record<string, readonly [TargetError["kind"], string]>> = {
  EACCES: ["denied", "you may not. Change its permissions, or those of its folder."],
  EPERM: ["denied", "you may not. Change its permissions, or those of its folder."],
  EROFS: ["denied", "the disk is read-only."],
  ENOSPC: ["limit", "the disk is full."],
  EDQUOT: ["limit", "the disk quota is used up."],
  EISDIR: ["invalid", "it is a folder."],
  ENOTDIR: ["invalid", "a part of its path is a file."],
  EEXIST: ["invalid", "a part of its path is a file."],
};

function refuseCancelled(options: CallOptions | undefined): void {
  if (options?.signal?.aborted === true) throw new TargetError("cancelled", "It was cancelled.");
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
