/**
 * Rules about actions that give something away when they are allowed on no particular resource: secrets, credentials.
 * Whether what they give away is worth anything in this account is not known here.
 */
import type { Span } from "../syntax/span.js";
import { broadGrants, chooseActions, isAdministrator } from "./grants.js";
import { defineRule, type Rule } from "./rule.js";

export function defineExposureRule(
  rule: Pick<Rule, "name" | "summary" | "references"> & {
    /** In AWS's spelling. */
    readonly actions: readonly string[];
    /** What the actions give away, to end a sentence with. */
    readonly what: string;
  },
): Rule {
  const { actions, what, ...metadata } = rule;
  const chosen = chooseActions(actions);
  const spelling = new Map(actions.map((name) => [name.toLowerCase(), name]));
  return defineRule({
    ...metadata,
    group: "security",
    severity: "info",
    since: "0.1.0",
    fix: "none",
    appliesTo: ["identity"],
    presets: ["strict"],
    policy(policy, { catalogue, report }) {
      if (policy.statements.some(isAdministrator)) return;
      const places = new Map<Span, string[]>();
      for (const [name, { at }] of broadGrants(policy, chosen, catalogue))
        places.set(at, [...(places.get(at) ?? []), spelling.get(name) ?? name]);
      for (const [at, [first, ...others]] of places) {
        const names = others.length === 0 ? `\`${first}\`` : `\`${first}\` and ${others.length} more`;
        report({ at, message: `This allows ${names} on every resource, and with that ${what}.` });
      }
    },
  });
}
