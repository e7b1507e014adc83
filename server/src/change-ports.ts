/** Targets, journals, time and chance of this machine, behind the ports that changing an account needs. */
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { JOURNAL_FOLDER, journalFiles } from "./journal-files.js";
import { snapshotTarget } from "./snapshot-target.js";
import type { ChangePorts } from "./workspace/change-ports.js";

export function changePorts(): ChangePorts {
  return {
    targets: {
      snapshot: (rest, { cwd, ...context }) =>
        snapshotTarget(resolve(cwd, rest === "" ? DEFAULT_SNAPSHOT : rest), {
          shown: rest === "" ? DEFAULT_SNAPSHOT : rest,
          ...context,
        }),
    },
    journals: (folder) => journalFiles(folder, `${JOURNAL_FOLDER}/journal`),
    now: () => new Date().toISOString(),
    random: Math.random,
    wait: (milliseconds, signal) =>
      setTimeout(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  };
}

const DEFAULT_SNAPSHOT = "iam-account.snapshot.json";
