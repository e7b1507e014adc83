/**
 * Sets of actions with which somebody gets more than was granted, and the rules that report them: what the statements
 * of a policy grant together counts, and what the policies of somebody in an account do. Whether there is a stronger
 * role or user to become is not told.
 */
import type { Policy } from "../policy/policy.js";
import type { Span } from "../syntax/span.js";
import escalations from "./escalations.json" with { type: "json" };
import { broadGrants, chooseActions, type Grant, isAdministrator } from "./grants.js";
import type { Holder } from "./holder.js";
import { choosePieces, type JointGrant, jointGrants, type Part } from "./joint-grants.js";
import { defineRule, type Related, type Rule, type RuleContext } from "./rule.js";

type Way = keyof typeof escalations;

interface Escalation {
  readonly way: Way;
  /** As AWS spells them. */
  readonly actions: readonly string[];
  readonly folded: readonly string[];
}

/** What the actions make possible, to go on with behind "can". */
const MEANING: Readonly<Record<Way, string>> = {
  "own-permissions": "widen their own permissions",
  "other-identity": "act as another user or role",
  "passed-role": "have their own code run with any role that a service may take",
  "running-workload": "use the role of something that already runs",
};
/** With these of a single policy, there is nothing more to get. */
const WIDENING = escalations["own-permissions"].map((actions) => escalation("own-permissions", actions));

/** Of all ways, so that statements are looked through once for all rules. */
const CHOSEN = chooseActions(Object.values(escalations).flat(2));

/** How many ways a message spells out. */
const SPELLED_OUT = 2;

export function defineEscalationRule(
  rule: Pick<Rule, "name" | "severity" | "summary" | "references"> & { readonly ways: readonly Way[] },
): Rule {
  const { ways, ...metadata } = rule;
  const known = ways.flatMap((way) => escalations[way].map((actions) => escalation(way, actions)));
  return defineRule({
    ...metadata,
    group: "security",
    since: "0.1.0",
    fix: "none",
    appliesTo: ["identity"],
    policy(policy, context) {
      for (const found of grantedTogether(policy, known, context)) report(found, context);
    },
    holders(holders, context) {
      const joint = jointGrants(holders, known, WIDENING, CHOSEN, context.catalogue);
      for (const it of joint) for (const way of ways) reportJoint(it, way, context);
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
  { catalogue }: RuleContext,
): readonly Found[] {
  // `administrator-access` reports those, and there is no more to get.
  if (policy.statements.some(isAdministrator)) return [];
  const grants = broadGrants(policy, CHOSEN, catalogue);
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
  context.report({
    at: first[0],
    message: `Whoever has this can ${MEANING[way]}: ${spellOutAll(group)}.`,
    related: others.map(([at]) => ({ at, message: "Part of it." })),
  });
}

/** Where the account file gives the last of the policies that it takes. */
function reportJoint({ holder, sets, pieces }: JointGrant<Escalation>, way: Way, context: RuleContext): void {
  const group = sets.filter((it) => it.way === way);
  const [first] = group;
  if (first === undefined) return;
  const parts = choosePieces(first, pieces).sort((a, b) => a.held.at.start - b.held.at.start);
  const last = parts.at(-1);
  if (last === undefined) return;
  const names = enumerate([...new Set(parts.map(({ held }) => `\`${held.name}\``))], "and");
  const places = new Map<Span, Part[]>();
  for (const part of parts) {
    const at = part.held.in === undefined ? part.held.at : part.grant.at;
    places.set(at, [...(places.get(at) ?? []), part]);
  }
  context.report({
    at: last.held.at,
    message: `Together, ${names} let ${WHO[holder.kind]}\`${holder.name}\` ${MEANING[way]}: ${spellOutAll(group)}.`,
    related: [...places].map(([at, here]) => relatedTo(at, here, first)),
  });
}

function relatedTo(at: Span, parts: readonly Part[], { actions, folded }: Escalation): Related {
  const allowed = parts.map(({ action }) => `\`${actions[folded.indexOf(action)]}\``);
  const { held } = parts[0] as Part;
  const message = `\`${held.name}\` allows ${enumerate(allowed, "and")}.`;
  return { at, message, ...(held.in && { in: held.in }) };
}

const WHO: Readonly<Record<Holder["kind"], string>> = {
  group: "anyone in ",
  user: "",
  role: "whoever uses ",
};

function spellOutAll(all: readonly Escalation[]): string {
  const ways = all.slice(0, SPELLED_OUT).map(spellOut);
  const more = all.length - ways.length;
  return enumerate(more > 0 ? [...ways, `${more} more ${more === 1 ? "way" : "ways"}`] : ways, "or");
}

function enumerate(parts: readonly string[], last: "and" | "or"): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

function spellOut({ actions: [first, ...others] }: Escalation): string {
  const rest = others.map((it) => `\`${it}\``).join(" and ");
  return rest === "" ? `\`${first}\`` : `\`${first}\` with ${rest}`;
}

function escalation(way: Way, actions: readonly string[]): Escalation {
  return { way, actions, folded: actions.map((it) => it.toLowerCase()) };
}
