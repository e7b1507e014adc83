/** A lock beside a file, for the moment of a write. Who changes an account meanwhile is `apply-locks.ts`'s. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { TargetError } from "../account/change/target.js";
import { codeOf, fileError } from "./file-error.js";

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

/**
 * Runs while nobody else does with the same path. The file need not be there.
 * @param shown the file, as the user knows it
 * @throws TargetError where it cannot be locked
 */
export async function whileLocked<T>(path: string, shown: string, work: () => Promise<T>): Promise<T> {
  const release = await acquire(path, shown);
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}

async function acquire(path: string, shown: string): Promise<() => Promise<void>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    // Loaded on first use: those who only read need none.
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
