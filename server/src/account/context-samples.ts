/**
 * Contexts that statements tell apart: for each condition key one value of each kind that the conditions treat alike,
 * and every combination of them, as far as there are not too many. Samples find differences; the deciding is `evaluate`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { HOME_REGIONS } from "../catalogue/global-services.js";
import { sentKeys } from "../catalogue/sent-keys.js";
import type { CompiledStatement } from "../evaluate/compile.js";
import type { CompiledCondition } from "../evaluate/conditions.js";
import { RequestContext } from "../evaluate/context.js";
import { takesWildcards } from "../policy/condition-types.js";
import { type IpRange, lastAddress, readDate, readIpRange, readNumber } from "../policy/condition-values.js";
import {
  foldedElements,
  globElements,
  literalElements,
  type PatternElements,
  textsToldApart,
} from "../policy/pattern-classes.js";
import { findVariables, isEscapeVariable } from "../policy/variable.js";
import type { ActionClass } from "./action-classes.js";
import { ANY, fillWildcards, OTHER } from "./concrete-arn.js";
import type { Context } from "./question.js";
import { REQUESTED_REGION } from "./requested-region.js";
import { fittingValues } from "./resource-samples.js";

/** Those with the fewest keys first, for requests to some of the resources. */
export function sampleContexts(
  actions: ActionClass,
  resources: readonly string[],
  catalogue: Catalogue,
  settled: (foldedKey: string) => boolean,
): readonly Context[] {
  const { representative, statements } = actions;
  const sent = sentKeys(catalogue, representative.fullName.toLowerCase());
  const isOpen = (foldedKey: string) => !settled(foldedKey) && sent?.(foldedKey) !== false;
  const byKey = new Map<string, { readonly key: string; readonly conditions: CompiledCondition[] }>();
  for (const condition of statements.flatMap((it) => it.conditions)) {
    const { foldedKey, key } = condition;
    if (!isOpen(foldedKey)) continue;
    const entry = byKey.get(foldedKey) ?? { key, conditions: [] };
    byKey.set(foldedKey, entry);
    entry.conditions.push(condition);
  }
  // Keys that fill variables matter too, even where no condition asks for them.
  const variables = new Map(variableKeys(statements).map((key) => [key.toLowerCase(), key]));
  const fitting = fittingValues(actions, resources);
  for (const [foldedKey, key] of variables) {
    if (isOpen(foldedKey) && !byKey.has(foldedKey)) byKey.set(foldedKey, { key, conditions: [] });
  }
  const choices = [...byKey].map(([foldedKey, { key, conditions }]): Choice => {
    const home = foldedKey === REGION_KEY ? HOME_REGIONS.get(representative.service) : undefined;
    if (home !== undefined) return { key, values: [home], always: true };
    const usual = USUAL.get(foldedKey);
    const plain = [
      ...(usual ?? []),
      ...(variables.has(foldedKey) ? [ANY, OTHER, ...(fitting.get(foldedKey) ?? [])] : []),
    ];
    const values = valuesFor(key, conditions, plain, variables.has(foldedKey));
    return {
      key,
      values: usual === undefined ? values : values.filter((it) => it !== OTHER),
      always: usual !== undefined,
    };
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

/** Up to here every combination of values is looked at. */
const MANY = 1024;
/** Up to here every set of values of a key with several. */
const FEW = 4;
const REGION_KEY = REQUESTED_REGION.toLowerCase();
/** Keys that every request has, with values that are nothing special. */
const USUAL: ReadonlyMap<string, readonly string[]> = new Map([
  // A region lock may name some of them.
  [REGION_KEY, ["eu-central-1", "us-west-2", "ap-southeast-1"]],
  ["aws:securetransport", ["true"]],
]);

function variableKeys(statements: readonly CompiledStatement[]): readonly string[] {
  const texts = statements.flatMap(({ conditions, resources, notResources }) => [
    ...conditions.flatMap((it) => it.values),
    ...[...resources, ...notResources].map((it) => it.value),
  ]);
  return texts.flatMap((text) =>
    findVariables(text)
      .filter((it) => it.closed && !isEscapeVariable(it))
      .map((it) => it.key.trim()),
  );
}

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

/** One value of each kind, plain ones first. */
function valuesFor(
  key: string,
  conditions: readonly CompiledCondition[],
  plain: readonly string[],
  inVariables: boolean,
): readonly Value[] {
  const all = [...new Set([...plain, ...plainValues(conditions), ...textsFor(conditions)])];
  // What a variable is compared with is not known here, so none of its values are alike.
  const singles = inVariables ? all : differentFor(key, conditions, all);
  if (conditions.every(({ operator }) => operator.qualifier === undefined)) return singles;
  const few = singles.length <= FEW;
  return few ? subsets(singles) : [...singles.map((it) => [it]), singles, ...pairs(singles)];
}

/** The values without those that every condition takes for another one. */
function differentFor(
  key: string,
  conditions: readonly CompiledCondition[],
  values: readonly string[],
): readonly string[] {
  if (conditions.some((it) => it.values.some((value) => value.includes("${")))) return values;
  const kinds = new Map<string, string>();
  for (const value of values) {
    const context = contextOf({ [key]: value });
    const kind = conditions.map((it) => it.holds(context)).join();
    if (!kinds.has(kind)) kinds.set(kind, value);
  }
  return [...kinds.values()];
}

function subsets(values: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** values.length }, (_, bits) =>
    values.filter((_, index) => (bits >> index) & 1),
  )
    .filter((it) => it.length > 0)
    .sort((a, b) => a.length - b.length);
}

function pairs(values: readonly string[]): readonly (readonly string[])[] {
  return values.flatMap((a, index) => values.slice(index + 1).map((b) => [a, b]));
}

/** What conditions on one key ask for, and values on the other side of it. */
export function plainValues(conditions: readonly CompiledCondition[]): readonly string[] {
  if (conditions.length === 0) return [ANY, OTHER];
  const asked = conditions.flatMap(({ operator, values }) => {
    // Whether the key is there is all that this one asks.
    if (operator.base === "Null") return [ANY];
    const [first = ""] = values;
    return [...values.map(fillWildcards), ...elsewhere(operator.family, first)];
  });
  return [...new Set([...asked, ...aroundLimits(conditions)])];
}

function elsewhere(family: CompiledCondition["operator"]["family"], value: string): readonly string[] {
  switch (family) {
    case "Numeric":
    case "Date":
      return [];
    case "Bool":
      return ["true", "false"];
    case "IpAddress":
      return readIpRange(value) === undefined ? [] : [firstAddress(value), "203.0.113.77"];
    case "Arn":
      return ["arn:aws:iam::999999999999:role/other"];
    case "Binary":
      return ["b3RoZXI="];
    default:
      return [OTHER];
  }
}

/** Values on either side of every limit. */
function aroundLimits(conditions: readonly CompiledCondition[]): readonly string[] {
  const valuesOf = (family: string) =>
    conditions.filter(({ operator }) => operator.family === family).flatMap((it) => it.values);
  return [
    ...around(readAll(valuesOf("Numeric"), readNumber), 1).map(String),
    ...around(readAll(valuesOf("Date"), readDate), DAY).map((it) => new Date(it).toISOString()),
    ...valuesOf("IpAddress").flatMap(ends),
  ];
}

/** A text for every combination of patterns that some text matches. */
function textsFor(conditions: readonly CompiledCondition[]): readonly string[] {
  const patterns = conditions.flatMap(stringElements);
  return patterns.length === 0 ? [] : textsToldApart(patterns, globElements("?*"));
}

const DAY = 86_400_000;

/** The limits, what lies between neighbours, and something below and above all. */
function around(limits: readonly number[], step: number): readonly number[] {
  const sorted = [...new Set(limits)].sort((a, b) => a - b);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) return [];
  const between = sorted.slice(1).map((limit, index) => (limit + (sorted[index] ?? limit)) / 2);
  return [lowest - step, highest + step, ...sorted, ...between];
}

function readAll(values: readonly string[], read: (text: string) => number | undefined): readonly number[] {
  return values.map(read).filter((it) => it !== undefined);
}

function ends(value: string): readonly string[] {
  const range: IpRange | undefined = readIpRange(value);
  return range === undefined ? [] : [firstAddress(value), lastAddress(range)];
}

/** The address of a range as written lies in it. */
function firstAddress(range: string): string {
  return range.split("/")[0] ?? range;
}

function stringElements({ operator, values }: CompiledCondition): readonly PatternElements[] {
  if (operator.family !== "String") return [];
  return values.map((value) => {
    const text = value.replace(VARIABLE, ANY);
    if (operator.base.endsWith("IgnoreCase")) return foldedElements(text);
    return takesWildcards(operator) ? globElements(text) : literalElements(text);
  });
}

const VARIABLE = /\$\{[^}]*\}/g;
