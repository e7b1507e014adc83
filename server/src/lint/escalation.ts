/**
 * Sets of actions with which somebody gets more than was granted, and the rules that report them: what the statements
 * of a policy grant together counts. Whether there is a stronger role or user to become, no policy tells.
 */
import type { Policy } from "../policy/policy.js";
import escalations from "./escalations.json" with { type: "json" };
import { broadGrants, type ChosenActions, chooseActions, type Grant, isAdministrator } from "./grants.js";
import { defineRule, type Rule, type RuleContext } from "./rule.js";

type Way = keyof typeof escalations;

interface Escalation {
  readonly way: Way;
  /** As AWS spells them. */
  readonly actions: readonly string[];
  readonly folded: readonly string[];
}

/** How a message begins, by what the actions make possible. */
const MEANING: Readonly<Record<Way, string>> = {
  "own-permissions": "Whoever has this can widen their own permissions",
  "other-identity": "Whoever has this can act as another user or role",
  "passed-role": "Whoever has this can have their own code run with any role that a service may take",
  "running-workload": "Whoever has this can use the role of something that already runs",
};

/** How many ways a message spells out. */
const SPELLED_OUT = 2;

export function defineEscalationRule(
  rule: Pick<Rule, "name" | "severity" | "summary" | "references"> & { readonly ways: readonly Way[] },
): Rule {
  const { ways, ...metadata } = rule;
  const known = ways.flatMap((way) => escalations[way].map((actions) => escalation(way, actions)));
  const chosen = chooseActions(known.flatMap(({ folded }) => folded));
  return defineRule({
    ...metadata,
    group: "security",
    since: "0.1.0",
    fix: "none",
    appliesTo: ["identity"],
    policy(policy, context) {
      for (const found of grantedTogether(policy, known, chosen, context)) report(found, context);
    },
  });
}

interface Found {
  readonly way: Way;
  readonly escalations: readonly Escalation[];
  readonly grants: ReadonlyMap<string, Grant>;
}

/** By way and by the statements that take part: one finding each. */
function grantedTogether(
  policy: Policy,
  known: readonly Escalation[],
  chosen: ChosenActions,
  { catalogue }: RuleContext,
): readonly Found[] {
  // `administrator-access` reports those, and there is no more to get.
  if (policy.statements.some(isAdministrator)) return [];
  const grants = broadGrants(policy, chosen, catalogue);
  if (grants.size === 0) return [];
  const groups = new Map<string, Escalation[]>();
  for (const escalation of known) {
    if (!escalation.folded.every((name) => grants.has(name))) continue;
    const statements = escalation.folded.map((name) => grants.get(name)?.statement.index);
    const key = [escalation.way, ...[...new Set(statements)].sort()].join();
    groups.set(key, [...(groups.get(key) ?? []), escalation]);
  }
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ way: group[0].way, escalations: group, grants }],
  );
}

function report({ way, escalations: group, grants }: Found, context: RuleContext): void {
  const places = new Map<Grant["at"], string>();
  for (const name of group.flatMap(({ folded }) => folded)) {
    const at = grants.get(name)?.at;
    if (at !== undefined && !places.has(at)) places.set(at, name);
  }
  const [first, ...others] = [...places].sort(([a], [b]) => a.start - b.start);
  if (first === undefined) return;
  const ways = group.slice(0, SPELLED_OUT).map(spellOut);
  const more = group.length - ways.length;
  if (more > 0) ways.push(`${more} more ${more === 1 ? "way" : "ways"}`);
  context.report({
    at: first[0],
    message: `${MEANING[way]}: ${enumerate(ways)}.`,
    related: others.map(([at]) => ({ at, message: "Part of it." })),
  });
}

function enumerate(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
}

function spellOut({ actions: [first, ...others] }: Escalation): string {
  const rest = others.map((it) => `\`${it}\``).join(" and ");
  return rest === "" ? `\`${first}\`` : `\`${first}\` with ${rest}`;
}

function escalation(way: Way, actions: readonly string[]): Escalation {
  return { way, actions, folded: actions.map((it) => it.toLowerCase()) };
}
