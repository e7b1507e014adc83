/** Targets, journals, locks, time and chance of this machine, behind the ports that changing an account needs. */
import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ChangePorts } from "../workspace/change-ports.js";
import { applyLocks } from "./apply-locks.js";
import { JOURNAL_FOLDER, journalFiles } from "./journal-files.js";
import { paidCallFile } from "./paid-call-file.js";
import { snapshotTarget } from "./snapshot-target.js";

export function changePorts(): ChangePorts {
  return {
    targets: {
      snapshot: async (rest, { cwd, folder, ...context }) => {
        const path = await realPath(resolve(cwd, rest === "" ? DEFAULT_SNAPSHOT : rest));
        return snapshotTarget(path, { shown: shownFrom(await realPath(folder), path), ...context });
      },
    },
    journals: (folder) => journalFiles(folder, `${JOURNAL_FOLDER}/journal`),
    paidCalls: paidCallFile,
    locks: applyLocks,
    now: () => new Date().toISOString(),
    random: Math.random,
    wait: (milliseconds, signal) =>
      setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  };
}

/** Without links, and in the case that the disk has, so that a file has one name. It need not be there yet. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(await realPath(folder), basename(path));
  }
}

function shownFrom(folder: string, path: string): string {
  const inside = relative(folder, path);
  return (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? path : inside)
    .split(sep)
    .join("/");
}

const DEFAULT_SNAPSHOT = "iam-account.snapshot.json";
