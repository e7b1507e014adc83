/**
 * Which resources tell an action's grants apart: those that the account's policies name and those that have policies of
 * their own, each made concrete, and one that nobody names of each kind that the action needs. Enough for an overview, no proof:
 * two policies can differ on a resource that neither names.
 */
import { type ArnTemplate, mayMatch, templatesOfAction } from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
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
  for (const { document } of account.documents.values()) {
    for (const { resources, notResources } of document?.statements ?? []) {
      for (const { value } of [...resources, ...notResources]) {
        if (value.startsWith("arn:")) found.add(concreteArn(value, account));
      }
    }
  }
  for (const { arn } of [...account.roles.values(), ...account.users.values()]) found.add(arn);
  return [...found];
}
