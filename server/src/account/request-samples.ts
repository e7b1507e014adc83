/**
 * Requests that tell statements apart: for what the statements say of actions, resources and conditions, one request of
 * each kind that they treat alike. Samples find differences and prove none; the deciding is `evaluate`'s.
 */
import { mayMatch, templatesOfAction } from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { HOME_REGIONS } from "../catalogue/global-services.js";
import { sentKeys } from "../catalogue/sent-keys.js";
import type { CompiledStatement } from "../evaluate/compile.js";
import type { CompiledCondition } from "../evaluate/conditions.js";
import { RequestContext } from "../evaluate/context.js";
import { readArnPattern } from "../policy/arn-pattern.js";
import { readDate, readIpRange, readNumber } from "../policy/condition-values.js";
import { coversPattern, patternsOverlap } from "../policy/wildcard.js";
import { ANY, type ArnHome, concreteArn, fillWildcards } from "./concrete-arn.js";
import type { Context } from "./question.js";
import { REQUESTED_REGION } from "./requested-region.js";
import { unnamedResources } from "./resources-at-stake.js";

export interface ActionClass {
  /** In AWS's spelling; the statements treat them alike. */
  readonly actions: readonly string[];
  readonly representative: Action;
  /** The statements about these actions. */
  readonly statements: readonly CompiledStatement[];
}

/** The actions that some changed statement is about, in classes that no statement tells apart. */
export function actionClasses(
  statements: readonly CompiledStatement[],
  changed: Iterable<CompiledStatement>,
  catalogue: Catalogue,
): readonly ActionClass[] {
  const touched = new Set<Action>();
  for (const { source, matchesAction } of changed) {
    const inverted = source.element("NotAction") !== undefined;
    const found = inverted
      ? catalogue.expand("*").filter(({ fullName }) => matchesAction(fullName.toLowerCase()))
      : source.actions.flatMap(({ value }) => catalogue.expand(value));
    for (const action of found) if (catalogue.retired(action.fullName) === undefined) touched.add(action);
  }
  const positions = new Map(statements.map((it, index) => [it, index]));
  const keys = [...new Set(statements.flatMap((it) => it.conditions.map(({ foldedKey }) => foldedKey)))];
  const classes = new Map<
    string,
    { actions: string[]; representative: Action; statements: CompiledStatement[] }
  >();
  for (const action of touched) {
    const folded = action.fullName.toLowerCase();
    const about = statements.filter(({ matchesAction }) => matchesAction(folded));
    const sent = sentKeys(catalogue, folded);
    const key = [
      action.service,
      action.resourceTypes.map(({ name }) => name).join(),
      about.map((it) => positions.get(it)).join(),
      keys.map((it) => (sent?.(it) === false ? "-" : "+")).join(""),
    ].join("|");
    const known = classes.get(key);
    if (known === undefined)
      classes.set(key, { actions: [action.fullName], representative: action, statements: about });
    else known.actions.push(action.fullName);
  }
  return [...classes.values()];
}

/** Resources that the statements tell apart, of the kinds that the action works on; the plainest first. */
export function sampleResources(
  { representative, statements }: ActionClass,
  home: ArnHome,
  catalogue: Catalogue,
  more: Iterable<string> = [],
): readonly string[] {
  if (representative.resourceTypes.length === 0) return ["*"];
  const templates = templatesOfAction(catalogue, representative);
  const patterns = [
    ...new Set(
      statements.flatMap(({ resources, notResources }) =>
        [...resources, ...notResources].map((it) => it.value),
      ),
    ),
  ].filter((it) => it.startsWith("arn:"));
  const found = new Set(unnamedResources(representative, home, catalogue));
  const add = (arn: string) => {
    const pattern = readArnPattern(arn);
    if (pattern !== undefined && templates.some((it) => mayMatch(catalogue, pattern, it))) found.add(arn);
  };
  for (const arn of more) add(arn);
  for (const pattern of patterns) add(concreteArn(pattern, home));
  const few = patterns.length > FEW ? [] : patterns;
  for (const a of few) for (const b of few) for (const arn of shared(a, b, home)) add(arn);
  return [...found];
}

/** Up to here pairs of patterns, and every combination of context values, are looked at. */
const FEW = 12;
const MANY = 512;

/** Something that two patterns match of which neither covers the other: the end of the first's filled from the second's. */
function shared(a: string, b: string, home: ArnHome): readonly string[] {
  const star = a.lastIndexOf("*");
  if (a === b || star < a.lastIndexOf(":") || !patternsOverlap(a, b)) return [];
  if (coversPattern(a, b) || coversPattern(b, a)) return [];
  const other = concreteArn(b, home);
  const tail = other.slice(other.lastIndexOf(":") + 1);
  const end = a.slice(star + 1);
  return [concreteArn(`${a.slice(0, star)}${tail}${tail.endsWith(end) ? "" : end}`, home)];
}

/** Contexts that the statements' conditions tell apart, those with the fewest keys first. */
export function sampleContexts(
  { representative, statements }: ActionClass,
  catalogue: Catalogue,
  settled: (foldedKey: string) => boolean,
): readonly Context[] {
  const sent = sentKeys(catalogue, representative.fullName.toLowerCase());
  const byKey = new Map<string, { readonly key: string; readonly values: Map<string, Value> }>();
  for (const { conditions } of statements) {
    for (const condition of conditions) {
      const { foldedKey, key } = condition;
      if (settled(foldedKey) || sent?.(foldedKey) === false) continue;
      const entry = byKey.get(foldedKey) ?? { key, values: new Map<string, Value>() };
      byKey.set(foldedKey, entry);
      for (const value of [...(USUAL.get(foldedKey) ?? []), ...valuesFor(condition)]) {
        entry.values.set(JSON.stringify(value), value);
      }
    }
  }
  const choices = [...byKey].map(([foldedKey, { key, values }]): Choice => {
    const home = foldedKey === REGION_KEY ? HOME_REGIONS.get(representative.service) : undefined;
    if (home !== undefined) return { key, values: [home], always: true };
    const sensible = [...values.values()].filter((it) => !USUAL.has(foldedKey) || it !== OTHER);
    return { key, values: sensible, always: USUAL.has(foldedKey) };
  });
  const product = choices.reduce((sum, { values }) => sum * (values.length + 1), 1);
  const contexts = product <= MANY ? everyCombination(choices) : aroundEachStatement(choices, statements);
  return [...contexts].sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}

type Value = string | readonly string[];

interface Choice {
  readonly key: string;
  readonly values: readonly Value[];
  /** Is the key in every request? */
  readonly always: boolean;
}

const REGION_KEY = REQUESTED_REGION.toLowerCase();
const OTHER = "other";
/** Keys that every request has, with values that are nothing special. */
const USUAL: ReadonlyMap<string, readonly string[]> = new Map([
  [REGION_KEY, ["eu-central-1"]],
  ["aws:securetransport", ["true"]],
]);

function everyCombination(choices: readonly Choice[]): readonly Context[] {
  return choices.reduce<readonly Context[]>(
    (contexts, { key, values, always }) =>
      contexts.flatMap((context) => [
        ...(always ? [] : [context]),
        ...values.map((value) => ({ ...context, [key]: value })),
      ]),
    [{}],
  );
}

/** For each statement a context in which its conditions hold, and that context with one key after the other changed. */
function aroundEachStatement(
  choices: readonly Choice[],
  statements: readonly CompiledStatement[],
): readonly Context[] {
  const plain: Record<string, Value> = {};
  for (const { key, values, always } of choices) if (always) plain[key] = values[0] ?? OTHER;
  const contexts: Context[] = [plain];
  for (const { conditions } of statements) {
    const base = { ...plain };
    for (const { key, values } of choices) {
      const own = conditions.filter(({ foldedKey }) => foldedKey === key.toLowerCase());
      const fits = (value: Value) => own.every((it) => it.holds(contextOf({ [key]: value })));
      const fitting = own.length === 0 ? undefined : values.find(fits);
      if (fitting !== undefined) base[key] = fitting;
    }
    contexts.push(base);
    for (const { key, values, always } of choices) {
      const { [key]: _, ...without } = base;
      contexts.push(always ? base : without, ...values.map((value) => ({ ...base, [key]: value })));
    }
  }
  return [...new Map(contexts.map((it) => [JSON.stringify(it), it])).values()];
}

function contextOf(context: Context): RequestContext {
  return new RequestContext(
    context,
    () => true,
    () => undefined,
  );
}

/** Values on either side of what a condition asks for. */
export function valuesFor({ operator, values }: CompiledCondition): readonly Value[] {
  // Whether the key is there is all that this one asks.
  if (operator.base === "Null") return [ANY];
  const wanted = values.map(fillWildcards);
  const singles = [...new Set([...wanted.slice(0, FEW), ...elsewhere(operator.family, values)])];
  if (operator.qualifier === undefined) return singles;
  const [first = ANY] = wanted;
  return [...singles.map((it) => [it]), wanted, [first, ...elsewhere(operator.family, values)]];
}

function elsewhere(
  family: CompiledCondition["operator"]["family"],
  values: readonly string[],
): readonly string[] {
  const [first = ""] = values;
  switch (family) {
    case "Numeric": {
      const number = readNumber(first) ?? 0;
      return [String(number - 1), String(number + 1)];
    }
    case "Date": {
      const time = readDate(first) ?? 0;
      return [time - DAY, time + DAY].map((it) => new Date(it).toISOString());
    }
    case "Bool":
      return ["true", "false"];
    case "IpAddress":
      return readIpRange(first) === undefined ? [] : [addressIn(first), "203.0.113.77"];
    case "Arn":
      return ["arn:aws:iam::999999999999:role/other"];
    case "Binary":
      return ["b3RoZXI="];
    default:
      return [OTHER];
  }
}

const DAY = 86_400_000;

/** The first address of a range, which lies in it. */
function addressIn(range: string): string {
  return range.split("/")[0] ?? range;
}
