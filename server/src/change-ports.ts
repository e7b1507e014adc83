/** Targets, journals, time and chance of this machine, behind the ports that changing an account needs. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import { setTimeout } from "node:timers/promises";
import { JOURNAL_FOLDER, journalFiles } from "./journal-files.js";
import { snapshotTarget } from "./snapshot-target.js";
import type { ChangePorts } from "./workspace/change-ports.js";

export function changePorts(): ChangePorts {
  return {
    targets: {
      snapshot: (rest, { cwd, folder, ...context }) => {
        const path = resolve(cwd, rest === "" ? DEFAULT_SNAPSHOT : rest);
        return snapshotTarget(path, { shown: shownFrom(folder, path), ...context });
      },
    },
    journals: (folder) => journalFiles(folder, `${JOURNAL_FOLDER}/journal`),
    now: () => new Date().toISOString(),
    random: Math.random,
    wait: (milliseconds, signal) =>
      setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  };
}

function shownFrom(folder: string, path: string): string {
  const inside = relative(folder, path);
  return (inside.startsWith("..") || isAbsolute(inside) ? path : inside).split(sep).join("/");
}

const DEFAULT_SNAPSHOT = "iam-account.snapshot.json";
