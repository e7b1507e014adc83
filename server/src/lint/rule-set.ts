/** The rules that are switched on, sorted by what they look at, for each policy kind. Built once per configuration. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type ActionWords, ofWords } from "../policy/action-pattern.js";
import type { Condition, ConditionOperator } from "../policy/condition.js";
import type { Shape } from "../policy/shape.js";
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

export type RulesByCheck = {
  readonly [K in Exclude<keyof Checks, "holders">]: readonly ActiveCheck<K>[];
} & {
  /** The checks of rules that could say something about such a statement, entry or condition. */
  statementsOf(shape: Shape): readonly ActiveCheck<"statement">[];
  actionsOf(words: ActionWords, catalogue: Catalogue): readonly ActiveCheck<"action">[];
  conditionsOf(condition: Condition, catalogue: Catalogue): readonly ActiveCheck<"condition">[];
  /** For each text of a resource the checks that had something to say about it; texts not yet looked at are absent. */
  resourcesIn(circumstances: string, world: ResourceWorld): KnownResources;
};

export type KnownResources = Map<string, readonly ActiveCheck<"resource">[]>;

/** What a resource is judged by besides its text and the policy around it. */
export interface ResourceWorld {
  readonly catalogue: Catalogue;
  readonly variables: Readonly<Record<string, string>>;
}

export interface RuleSet {
  readonly active: readonly ActiveRule[];
  /** The checks of accounts, which are of no kind. */
  readonly holders: readonly ActiveCheck<"holders">[];
  forKind(kind: PolicyKind): RulesByCheck;
}

const CHECKS: readonly Exclude<keyof Checks, "holders">[] = [
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
      CHECKS.map((name) => [name, checksOf(applying, name)]),
    ) as unknown as Omit<RulesByCheck, "statementsOf" | "actionsOf" | "conditionsOf" | "resourcesIn">;
    const sorted = {
      ...checks,
      statementsOf: aboutStatements(checks.statement),
      actionsOf: aboutActions(checks.action),
      conditionsOf: aboutConditions(checks.condition),
      resourcesIn: toldOfResources(),
    };
    byKind.set(kind, sorted);
    return sorted;
  };
  return { active, holders: checksOf(active, "holders"), forKind };
}

function checksOf<K extends keyof Checks>(active: readonly ActiveRule[], name: K): readonly ActiveCheck<K>[] {
  return active.flatMap(({ rule, severity }) => {
    const check = rule[name];
    return check === undefined ? [] : [{ rule, severity, check }];
  });
}

function aboutStatements(checks: readonly ActiveCheck<"statement">[]): RulesByCheck["statementsOf"] {
  const known = new Map<Shape, readonly ActiveCheck<"statement">[]>();
  return (shape) => {
    let fitting = known.get(shape);
    if (fitting === undefined) {
      fitting = checks.filter(({ rule }) => said(() => rule.about?.statement?.(shape)));
      known.set(shape, fitting);
    }
    return fitting;
  };
}

interface ActionChecks {
  readonly checks: readonly ActiveCheck<"action">[];
  readonly catalogue: Catalogue;
  /** Nearly all words have the same few checks, so each choice is one list. */
  readonly choices: Map<string, readonly ActiveCheck<"action">[]>;
}

const fittingActions = ofWords.answeredFor((words, { checks, catalogue, choices }: ActionChecks) => {
  const fitting = checks.filter(({ rule }) => said(() => rule.about?.action?.(words, catalogue)));
  const names = fitting.map(({ rule }) => rule.name).join();
  const choice = choices.get(names) ?? fitting;
  choices.set(names, choice);
  return choice;
});

function aboutActions(checks: readonly ActiveCheck<"action">[]): RulesByCheck["actionsOf"] {
  let asked: ActionChecks | undefined;
  return (words, catalogue) => {
    if (asked?.catalogue !== catalogue) asked = { checks, catalogue, choices: new Map() };
    return fittingActions(words, asked);
  };
}

/** More than any workspace writes; what is typed on the way to a finished word must not pile up for ever. */
const REMEMBERED = 10_000;

function aboutConditions(checks: readonly ActiveCheck<"condition">[]): RulesByCheck["conditionsOf"] {
  const known = new Map<string, Map<ConditionOperator, readonly ActiveCheck<"condition">[]>>();
  let asked: Catalogue | undefined;
  return ({ operator, key }, catalogue) => {
    if (asked !== catalogue || known.size >= REMEMBERED) known.clear();
    asked = catalogue;
    let byOperator = known.get(key.value);
    if (byOperator === undefined) {
      byOperator = new Map();
      known.set(key.value, byOperator);
    }
    let fitting = byOperator.get(operator);
    if (fitting === undefined) {
      const folded = key.value.toLowerCase();
      fitting = checks.filter(({ rule }) => said(() => rule.about?.condition?.(operator, folded, catalogue)));
      byOperator.set(operator, fitting);
    }
    return fitting;
  };
}

function toldOfResources(): RulesByCheck["resourcesIn"] {
  const told = new Map<string, KnownResources>();
  let asked: ResourceWorld | undefined;
  return (circumstances, { catalogue, variables }) => {
    if (asked?.catalogue !== catalogue || asked.variables !== variables) {
      told.clear();
      // Nothing else of what was handed over is kept.
      asked = { catalogue, variables };
    }
    let known = told.get(circumstances);
    if (known === undefined || known.size >= REMEMBERED) {
      known = new Map();
      told.set(circumstances, known);
    }
    return known;
  };
}

/** A rule that does not say, or fails to, is asked each time. */
function said(about: () => boolean | undefined): boolean {
  try {
    return about() ?? true;
  } catch {
    return true;
  }
}

export function presetsOf(rule: Rule): readonly Preset[] {
  if (rule.presets !== undefined) return rule.presets;
  return rule.accessAnalyzer === undefined && rule.group !== "syntax"
    ? ["recommended", "strict"]
    : ["aws", "recommended", "strict"];
}
