/**
 * Who is changing an account now: a file that is there while an apply is, beside a snapshot or, for an AWS account, in
 * the user's home. It keeps the applies of this computer apart, and those that share a disk; what is changed from
 * elsewhere shows only when the account is read again.
 */
import { randomUUID } from "node:crypto";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir, hostname, uptime, userInfo } from "node:os";
import { basename, join, resolve } from "node:path";
import type { ApplyLock, ApplyPorts } from "../account/change/apply-plan.js";
import { TargetError } from "../account/change/target.js";
import { snapshotPlace } from "../account/change/target-identity.js";
import { codeOf, fileError } from "./file-error.js";
import { whileLocked } from "./file-lock.js";
import { JOURNAL_FOLDER } from "./journal-files.js";

/** @param folder where the account file is */
export function applyLocks(folder: string): ApplyPorts["lock"] {
  return async (identity) => {
    const place = snapshotPlace(identity);
    if (place !== undefined) return hold(`${resolve(folder, place)}.applying`);
    const name = `${identity.replace(/[^\w.-]+/g, "-")}.applying`;
    const locks = join(JOURNAL_FOLDER, "locks", name);
    try {
      return await hold(join(homedir(), locks));
    } catch (error) {
      // A home that is not there, or read-only, as in containers: then those who share the journals are kept apart.
      if (error instanceof TargetError && error.kind !== "unavailable") return hold(join(folder, locks));
      throw error;
    }
  };
}

interface Holder {
  readonly id: string;
  readonly process: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Milliseconds between signs of life, and without one until a process that cannot be asked is taken for gone. */
const BEAT = 5_000;
const SILENT = 60_000;

/** The file is looked at and written in one go, so that two who find a process gone do not both take its place. */
function hold(path: string): Promise<ApplyLock> {
  const shown = basename(path);
  return whileLocked(path, shown, async () => {
    try {
      const other = await holderIn(path);
      if (other !== undefined) return { held: heldBy(other, path) };
      const own = ownHolder();
      await writeFile(path, JSON.stringify(own), { mode: 0o600 });
      const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), BEAT);
      beat.unref();
      return {
        release: async () => {
          clearInterval(beat);
          if ((await readHolder(path))?.id === own.id) await rm(path, { force: true }).catch(() => undefined);
        },
      };
    } catch (error) {
      throw fileError(error, shown, "written");
    }
  });
}

function ownHolder(): Holder {
  return {
    id: randomUUID(),
    process: process.pid,
    host: hostname(),
    user: userName(),
    since: new Date().toISOString(),
  };
}

/** Some computers have no name for the user. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

/** Whoever holds it and is still there. */
async function holderIn(path: string): Promise<Holder | undefined> {
  const holder = await readHolder(path);
  if (holder === undefined) return undefined;
  const lastSeen = (await stat(path)).mtimeMs;
  if (holder.host !== hostname()) return Date.now() - lastSeen < SILENT ? holder : undefined;
  // After a restart the number is another process's.
  const beforeStart = lastSeen < Date.now() - uptime() * 1_000;
  return beforeStart || !isThere(holder.process) ? undefined : holder;
}

/** `undefined` also for a text that was not written to its end: its process is gone. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const it: unknown = JSON.parse(await readFile(path, "utf8"));
    return isHolder(it) ? it : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(it: unknown): it is Holder {
  return (
    typeof it === "object" &&
    it !== null &&
    "id" in it &&
    "process" in it &&
    Number.isSafeInteger(it.process) &&
    ["host", "user", "since"].every((key) => typeof Reflect.get(it, key) === "string")
  );
}

function isThere(number: number): boolean {
  try {
    return process.kill(number, 0);
  } catch (error) {
    // It is there, and somebody else's.
    return codeOf(error) === "EPERM";
  }
}

function heldBy({ process: number, host, user, since }: Holder, path: string): string {
  const who = user === "" ? host : `${user} on ${host}`;
  return `another apply has been changing the same account since ${since.replace(/\.\d+Z$/, "Z")} (process ${number}, ${who}). Wait until it is done; if that process does something else, delete ${path}.`;
}
