/** What every source of suggestions may look at. It proposes nothing itself. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { findPlaceholders } from "../../policy/placeholder.js";
import type { Usage } from "../usage.js";
import type { AccountNames } from "./account-names.js";
import type { Context } from "./context.js";
import type { Suggestion } from "./offer.js";

export interface Scope extends Context {
  readonly catalogue: Catalogue;
  readonly usage: Usage;
  /** Values of placeholders, from the configuration. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values of all placeholders that are known, those of the account too. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** What the account file beside the policy names. */
  readonly account: AccountNames | undefined;
}

/** The services of the statement's actions, most recent last; wildcards in the prefix left out. */
export function servicesOf(scope: Scope): readonly string[] {
  const { statement, cursor } = scope;
  if (statement === undefined) return [];
  const services = new Set<string>();
  for (const { node, service } of [...statement.actions, ...statement.notActions]) {
    if (node === cursor.node || service === "" || /[*?]/.test(service)) continue;
    services.delete(service);
    services.add(service);
  }
  return [...services];
}

/** A value of the configuration for a placeholder, by any of the names that people give it. */
export function variable(scope: Scope, ...names: readonly string[]): string | undefined {
  for (const name of names) if (Object.hasOwn(scope.variables, name)) return scope.variables[name];
  return undefined;
}

export function accountId(scope: Scope): string | undefined {
  return (
    variable(scope, "aws-account-id", "account-id", "account", "awsAccountId", "accountId") ??
    written(scope) ??
    scope.account?.id
  );
}

/** The placeholder for the account that the policy uses already. */
function written({ cursor }: Scope): string | undefined {
  const { text } = cursor.tree;
  if (!text.includes("<") && !text.includes("{{")) return /:(\d{12}):/.exec(text)?.[1];
  return (
    findPlaceholders(text).find(({ name }) => /account/i.test(name))?.text ?? /:(\d{12}):/.exec(text)?.[1]
  );
}

export function region(scope: Scope): string | undefined {
  return variable(scope, "region", "aws-region", "awsRegion") ?? scope.account?.region;
}

/** The place that a Region's code stands for is shown beside it, and finds it. */
export function placeOfRegion({ catalogue }: Scope, region: string): Pick<Suggestion, "detail" | "words"> {
  const name = catalogue.regionName(region);
  return name === undefined ? {} : { detail: name, words: name };
}

/** Every text of the policy that stands behind the element, but for the word at the cursor: people repeat themselves. */
export function textsLike(scope: Scope, like: RegExp): readonly string[] {
  const { text } = scope.cursor.tree;
  const { node } = scope.cursor;
  const counts = new Map<string, number>();
  for (const match of text.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
    const word = match[1] ?? "";
    if (match.index === node.start || !like.test(word)) continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
}

/** The Regions that the policy names, alone or inside ARNs, most frequent first. */
export function regionsWritten({ cursor }: Scope): readonly string[] {
  const counts = new Map<string, number>();
  for (const [, name = ""] of cursor.tree.text.matchAll(/[":.]([a-z]{2}(?:-[a-z]+)+-\d)(?=[":.])/g)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}
