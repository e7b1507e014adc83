/** Checks configurations on the command line: the one that a flag names, and the mistakes in all that were used. */
import { isAbsolute, relative, resolve } from "node:path";
import type { ConfigurationProblem } from "../lint/configuration.js";
import { positionsIn } from "../workspace/positions.js";
import { type LocatedConfiguration, staleSuppressions, type Workspace } from "../workspace/workspace.js";
import { shownPath } from "./discover.js";
import { readTextFile } from "./read-text.js";
import { type Terminal, UsageError } from "./terminal.js";

/** @throws UsageError */
export function useConfiguration(given: string, workspace: Workspace, { cwd }: Terminal): void {
  const path = resolve(cwd, given);
  workspace.useConfiguration(path, readTextFile(path, given), cwd);
}

/**
 * @param searched the files and folders that were looked at
 * @throws UsageError when a configuration file has mistakes: a run that ignored them would mislead
 */
export function complainAboutConfigurations(
  workspace: Workspace,
  { cwd, err }: Terminal,
  today: string,
  searched: readonly string[] = [],
): void {
  const say = ({ path, text }: LocatedConfiguration, problem: ConfigurationProblem) => {
    const { line, character } = positionsIn(text).position(problem.start);
    return `${shownPath(path ?? "", cwd)}:${line + 1}:${character + 1}: ${problem.message}`;
  };
  for (const located of workspace.configurations) {
    const isWhole = searched.some((it) => isBelow(resolve(cwd, it), located.folder ?? cwd));
    for (const problem of staleSuppressions(located, today, isWhole)) err(`${say(located, problem)}\n`);
  }
  const lines = workspace.configurations.flatMap((located) =>
    located.problems.map((problem) => say(located, problem)),
  );
  if (lines.length > 0) throw new UsageError(lines.join("\n"));
}

function isBelow(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith("..") && !isAbsolute(inside);
}
