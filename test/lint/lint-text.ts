/** Lints one text with some rules, as a spec sets the scene. */
import { ACCOUNT_FILE } from "../../server/src/account/desired-account.js";
import type { Holder } from "../../server/src/lint/holder.js";
import { lint } from "../../server/src/lint/lint.js";
import type { Finding, Rule } from "../../server/src/lint/rule.js";
import { type RuleSet, ruleSet } from "../../server/src/lint/rule-set.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import { detectKind } from "../../server/src/policy/kind.js";
import type { PolicyKind } from "../../server/src/policy/words.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { AccountHolders } from "../../server/src/workspace/account-holders.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import type { Scene } from "./spec.js";

export const NO_SCENE: Scene = { kind: undefined, resource: undefined, variables: {}, isAccount: false };

export function lintText(
  rules: readonly Rule[] | RuleSet,
  text: string,
  scene: Scene = NO_SCENE,
): readonly Finding[] {
  const document = parseDocument(text, "json");
  const kind = scene.kind as PolicyKind | undefined;
  const policies = findPolicies(document.tree.root, !scene.isAccount).map((policy) => {
    const detected = detectKind(policy, { override: kind });
    return { policy, kind: detected.kind, resourceType: scene.resource ?? detected.resourceType };
  });
  const crashed = (rule: string, error: unknown) => {
    throw new Error(`${rule} threw on this policy:\n${text}`, { cause: error });
  };
  return lint(document, policies, {
    rules: "active" in rules ? rules : allOf(rules),
    catalogue: fakeCatalogue(),
    variables: scene.variables,
    ...(scene.isAccount && { holders: holdersIn(text) }),
    crashed,
  });
}

/** All of them switched on, whatever the presets say. */
export function allOf(rules: readonly Rule[]): RuleSet {
  return ruleSet(rules, "strict", Object.fromEntries(rules.map((rule) => [rule.name, rule.severity])));
}

/** By an account file that names no others. */
function holdersIn(account: string): readonly Holder[] {
  const holders = new AccountHolders({
    readFile: () => undefined,
    parentFolder: () => undefined,
    join: (_, name) => name,
  });
  holders.refresh(ACCOUNT_FILE, account);
  return holders.of(ACCOUNT_FILE, account) ?? [];
}
