/** The text of a file as git has it at a revision. */
import { spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";
import { UsageError } from "./terminal.js";

/** @throws UsageError where git has no such text */
export function gitText(path: string, revision: string, shown: string): string {
  // A name that starts with a dash would be a flag.
  if (!/^[\w@][\w./~^@{}-]*$/.test(revision))
    throw new UsageError(`\`${revision}\` is not a revision of git, such as HEAD or main~2.`);
  const { status, stdout, error } = spawnSync("git", ["show", `${revision}:./${basename(path)}`], {
    cwd: dirname(path),
    encoding: "utf8",
    maxBuffer: 16_000_000,
  });
  if (error !== undefined) throw new UsageError(`git could not be run to read ${shown} as of ${revision}.`);
  if (status !== 0) throw new UsageError(`git has no ${shown} at ${revision}.`);
  return stdout;
}
