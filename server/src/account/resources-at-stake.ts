/**
 * Which resources tell an action's grants apart: those that the account's policies name and those that have policies of
 * their own, each made concrete, and one that nobody names of each kind that the action needs. Enough for an overview, no proof:
 * two policies can differ on a resource that neither names.
 */
import { type ArnTemplate, mayMatch, templatesOfAction } from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { matchesGlob } from "../evaluate/glob.js";
import { readArnPattern } from "../policy/arn-pattern.js";
import type { Account } from "./account.js";
import { type ArnHome, concreteArn } from "./concrete-arn.js";

export type ResourcesAtStake = (action: string) => readonly string[];

/** `${aws:username}` is left in: it is filled for each principal. */
export function resourcesAtStake(account: Account, catalogue: Catalogue): ResourcesAtStake {
  const named = namedResources(account);
  return (name) => {
    const action = catalogue.action(name);
    if (action === undefined || action.resourceTypes.length === 0) return ["*"];
    const templates = templatesOfAction(catalogue, action);
    const fitting = named.filter((arn) => {
      const pattern = readArnPattern(arn);
      return pattern !== undefined && templates.some((template) => mayMatch(catalogue, pattern, template));
    });
    return [...new Set([...fitting, ...unnamedResources(action, account, catalogue)])];
  };
}

/** One resource of each kind that the action needs, whose name nobody gives. */
export function unnamedResources(action: Action, home: ArnHome, catalogue: Catalogue): readonly string[] {
  const templates = templatesOfAction(catalogue, action);
  const required = action.resourceTypes.filter((it) => it.required).map((it) => it.name);
  const needed = templates.filter(({ type }) => required.includes(type.name));
  const usual = needed.length > 0 ? needed : plainest(templates);
  return usual.map(({ type }) => concreteArn(type.arn, home));
}

/** Of kinds that are all optional, the one with the shortest ARN: the bucket rather than its access points. */
function plainest(templates: readonly ArnTemplate[]): readonly ArnTemplate[] {
  return [...templates].sort((a, b) => a.type.arn.length - b.type.arn.length).slice(0, 1);
}

function namedResources(account: Account): readonly string[] {
  const found = new Set<string>([...account.resources.keys()]);
  for (const value of resourcePatterns(account)) {
    if (value.startsWith("arn:")) found.add(concreteArn(value, account));
  }
  for (const { arn } of account.roles.values()) found.add(arn);
  for (const arn of usersToldApart(account)) found.add(arn);
  return [...found];
}

/**
 * Users whom the same patterns match are one and the same to every policy, and of a thousand of them two say as much: the
 * second for when the first one asks. What fills variables could tell any two apart, but for the name in full.
 */
function usersToldApart(account: Account): readonly string[] {
  const arns = [...account.users.values()].map(({ arn }) => arn);
  const home = `arn:${account.partition}:iam::${account.id}:user/`;
  const patterns = [...new Set(resourcePatterns(account))].filter((it) => {
    const head = it.slice(0, it.search(/[*?$]|$/));
    return !OWN_USER.test(it) && (head.startsWith(home) || home.startsWith(head));
  });
  const isPlain = [...account.users.values()].every(({ arn, name }) => arn === `${home}${name}`);
  if (!isPlain || patterns.some((it) => it.includes("$"))) return arns;
  const alike = new Map<string, number>();
  return arns.filter((arn) => {
    const kind = patterns.map((it) => Number(matchesGlob(it, arn))).join("");
    const before = alike.get(kind) ?? 0;
    alike.set(kind, before + 1);
    return before < 2;
  });
}

/** Matches whoever asks, and nobody else. */
const OWN_USER = /^[^$]*:user\/\$\{aws:username\}$/;

function* resourcePatterns({ documents }: Account): Generator<string> {
  for (const { document } of documents.values()) {
    for (const { resources, notResources } of document?.statements ?? []) {
      for (const { value } of [...resources, ...notResources]) yield value;
    }
  }
}
