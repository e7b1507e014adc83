/** The rules that are switched on, sorted by what they look at, for each policy kind. Built once per configuration. */
import type { Standing } from "../catalogue/catalogue.js";
import type { PolicyKind } from "../policy/words.js";
import type { Checks, Preset, Rule, Severity } from "./rule.js";

export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** A rule's function for one kind of thing, ready to call. */
export interface ActiveCheck<K extends keyof Checks> extends ActiveRule {
  readonly check: NonNullable<Checks[K]>;
}

export type RulesByCheck = { readonly [K in keyof Required<Checks>]: readonly ActiveCheck<K>[] } & {
  /** The `action` checks for entries of one standing. */
  actionsOf(standing: Standing): readonly ActiveCheck<"action">[];
};

export interface RuleSet {
  readonly active: readonly ActiveRule[];
  forKind(kind: PolicyKind): RulesByCheck;
}

const CHECKS: readonly (keyof Checks)[] = [
  "problem",
  "tree",
  "policy",
  "statement",
  "action",
  "resource",
  "condition",
  "principal",
];

/** What a preset switches on, with the configured severities on top. */
export function ruleSet(
  rules: readonly Rule[],
  preset: Preset = "recommended",
  severities: Readonly<Record<string, Severity | "off">> = {},
): RuleSet {
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const configured = severities[rule.name];
    if (configured === "off" || (configured === undefined && !presetsOf(rule).includes(preset))) continue;
    active.push({ rule, severity: configured ?? rule.severity });
  }
  const byKind = new Map<PolicyKind, RulesByCheck>();
  const forKind = (kind: PolicyKind): RulesByCheck => {
    const known = byKind.get(kind);
    if (known !== undefined) return known;
    const applying = active.filter(
      ({ rule }) => rule.appliesTo === undefined || rule.appliesTo.includes(kind),
    );
    const checks = Object.fromEntries(
      CHECKS.map((name) => [
        name,
        applying.flatMap(({ rule, severity }) => {
          const check = rule[name];
          return check === undefined ? [] : [{ rule, severity, check }];
        }),
      ]),
    ) as unknown as Omit<RulesByCheck, "actionsOf">;
    const sorted = { ...checks, actionsOf: byStanding(checks.action) };
    byKind.set(kind, sorted);
    return sorted;
  };
  return { active, forKind };
}

function byStanding(checks: readonly ActiveCheck<"action">[]): RulesByCheck["actionsOf"] {
  const known = new Map<Standing, readonly ActiveCheck<"action">[]>();
  return (standing) => {
    let fitting = known.get(standing);
    if (fitting === undefined) {
      fitting = checks.filter(({ rule }) => rule.standings?.includes(standing) ?? true);
      known.set(standing, fitting);
    }
    return fitting;
  };
}

export function presetsOf(rule: Rule): readonly Preset[] {
  if (rule.presets !== undefined) return rule.presets;
  return rule.accessAnalyzer === undefined && rule.group !== "syntax"
    ? ["recommended", "strict"]
    : ["aws", "recommended", "strict"];
}
