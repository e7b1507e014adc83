/** The account that a command line names, and the question that its flags ask. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Account } from "../account/account.js";
import { type AccountPrincipal, findPrincipal } from "../account/principal.js";
import { type AccountProblem, describeProblem } from "../account/problem.js";
import { type Context, expandActions, resourceProblem } from "../account/question.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import { AccountFiles, type AccountPorts } from "../workspace/account-files.js";
import { shownPath } from "./discover.js";
import { gitText } from "./git-text.js";
import { refuseTooLong } from "./read-text.js";
import { type Terminal, UsageError } from "./terminal.js";

export interface OpenAccounts {
  readonly files: AccountFiles;
  /** Writes problems to standard error, each once. */
  readonly complain: (problems: readonly AccountProblem[]) => void;
  /** Was there anything to complain about? */
  readonly complained: () => boolean;
}

/**
 * @param managed the value of `--managed-policies`
 * @param revision reads what git has at it, but for `managed`
 */
export function openAccounts(
  terminal: Terminal,
  ports: AccountPorts,
  managed: unknown,
  revision?: string,
): OpenAccounts {
  const managedPath = typeof managed === "string" ? resolve(terminal.cwd, managed) : undefined;
  const shown = (path: string) => {
    const name = shownPath(path, terminal.cwd);
    return revision === undefined || path === managedPath ? name : `${name} at ${revision}`;
  };
  const readFile = (path: string) =>
    revision === undefined || path === managedPath
      ? ports.readFile(path)
      : committedText(path, revision, shownPath(path, terminal.cwd));
  const files = new AccountFiles({ ...ports, readFile }, shown);
  const said = new Set<string>();
  const complain = (problems: readonly AccountProblem[]) => {
    for (const line of problems.map(describeProblem)) {
      if (!said.has(line)) terminal.err(`${line}\n`);
      said.add(line);
    }
  };
  if (managedPath !== undefined) complain(files.useManagedPolicies(managedPath));
  return { files, complain, complained: () => said.size > 0 };
}

/** `undefined` where git has no such file. */
function committedText(path: string, revision: string, shown: string): string | undefined {
  try {
    return gitText(path, revision, shown);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** @throws UsageError where there is nothing to work with */
export function openAccount({ files, complain }: OpenAccounts, given: string, { cwd }: Terminal): Account {
  const path = resolve(cwd, given);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  refuseTooLong(size, given, "account");
  const { account, problems } = files.account(path);
  if (account === undefined) throw new UsageError(problems.map(describeProblem).join("\n"));
  complain(problems);
  return account;
}

/** @throws UsageError for somebody whom the account does not have */
export function principalsFrom(given: readonly string[], account: Account): readonly AccountPrincipal[] {
  return given.map((text) => {
    const found = findPrincipal(account, text);
    if (!found.ok) throw new UsageError(`--as: ${found.message}`);
    return found.principal;
  });
}

/**
 * Patterns expanded.
 * @throws UsageError for an action that AWS does not have
 */
export function actionsFrom(given: readonly string[], catalogue: Catalogue): readonly string[] {
  const actions = given.flatMap(commaSeparated).flatMap((pattern) => {
    const expanded = expandActions(pattern, catalogue);
    if (!expanded.ok) throw new UsageError(`--action: ${expanded.message}`);
    return expanded.actions;
  });
  return [...new Set(actions)];
}

/** @throws UsageError for what is no ARN */
export function resourcesFrom(given: readonly string[]): readonly string[] {
  for (const resource of given) {
    const problem = resourceProblem(resource);
    if (problem !== undefined) throw new UsageError(`--resource: ${problem}`);
  }
  return [...new Set(given)];
}

/**
 * `k=v`, and `k=v1 k=v2` for a key with several values.
 * @throws UsageError
 */
export function contextFrom(given: readonly string[]): Context {
  const context: Record<string, string | readonly string[]> = {};
  for (const item of given) {
    const equals = item.indexOf("=");
    if (equals <= 0) {
      throw new UsageError(`--context: \`${item}\` is not KEY=VALUE, such as aws:RequestedRegion=eu-west-1.`);
    }
    const key = item.slice(0, equals);
    const value = item.slice(equals + 1);
    const before = context[key];
    context[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return context;
}

export function commaSeparated(text: string): readonly string[] {
  return text.split(",").filter((it) => it !== "");
}
