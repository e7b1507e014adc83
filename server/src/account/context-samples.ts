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
import { unescapeWildcards } from "../evaluate/glob.js";
import { compileTemplate, fillTemplate, type TextKind } from "../evaluate/variables.js";
import { arnFields } from "../policy/arn.js";
import { takesWildcards } from "../policy/condition-types.js";
import { type IpRange, lastAddress, readDate, readIpRange, readNumber } from "../policy/condition-values.js";
import {
  arnElements,
  foldedElements,
  globElements,
  literalElements,
  type PatternElements,
  textsToldApart,
} from "../policy/pattern-classes.js";
import type { ActionClass } from "./action-classes.js";
import { ANY, fillWildcards, OTHER } from "./concrete-arn.js";
import { aroundChanges, type Choice, contextOf, type Value } from "./deciding-contexts.js";
import type { Context } from "./question.js";
import { REQUESTED_REGION } from "./requested-region.js";
import { fittingValues } from "./resource-samples.js";
import { comparedKeys, variableKeys } from "./variable-keys.js";

/**
 * Those with the fewest keys first, for requests to some of the resources.
 * @param settled keys, in lower case, whose values follow from who asks
 * @param known what follows, as far as that can be told
 * @param changed the statements whose effect is looked for
 */
export function sampleContexts(
  actions: ActionClass,
  resources: readonly string[],
  catalogue: Catalogue,
  settled: (foldedKey: string) => boolean,
  known: RequestContext,
  changed: ReadonlySet<CompiledStatement>,
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
  const choiceOf = (
    foldedKey: string,
    compared: readonly string[],
    fillings: readonly RequestContext[],
  ): Choice => {
    const { key, conditions } = byKey.get(foldedKey) ?? { key: foldedKey, conditions: [] };
    const home = foldedKey === REGION_KEY ? HOME_REGIONS.get(representative.service) : undefined;
    if (home !== undefined) return { key, values: [home], always: true };
    const usual = USUAL.get(foldedKey);
    const plain = [
      ...(usual ?? []),
      ...(variables.has(foldedKey) ? [ANY, OTHER, ...(fitting.get(foldedKey) ?? []), ...compared] : []),
    ];
    const values = valuesFor(key, conditions, plain, variables.has(foldedKey), fillings);
    return {
      key,
      values: usual === undefined ? values : values.filter((it) => it !== OTHER),
      always: usual !== undefined,
    };
  };
  const plainly = plainFillings(known);
  const alone = new Map([...byKey.keys()].map((foldedKey) => [foldedKey, choiceOf(foldedKey, [], plainly)]));
  const valuesOf = (foldedKey: string) => alone.get(foldedKey)?.values.flat() ?? [];
  const pairs = comparedKeys(statements);
  // Those that variables name come first: what they are compared with is chosen to fit them.
  const keys = [...byKey.keys()].sort((a, b) => Number(variables.has(b)) - Number(variables.has(a)));
  const choices = keys.map((foldedKey): Choice => {
    // What is compared with another key takes that key's values as well.
    const compared = pairs.filter(([, other]) => other === foldedKey).flatMap(([key]) => valuesOf(key));
    const fillings = pairs
      .filter(([key]) => key === foldedKey)
      .flatMap(([, other]) => valuesOf(other).map((value) => filledWith({ [other]: value }, known)));
    const own = alone.get(foldedKey);
    if (own !== undefined && compared.length === 0 && fillings.length === 0) return own;
    return choiceOf(foldedKey, compared, [...plainly, ...fillings]);
  });
  const product = choices.reduce((sum, { values }) => sum * (values.length + 1), 1);
  const contexts =
    product <= MANY ? everyCombination(choices) : aroundChanges(choices, statements, changed, known);
  return [...contexts].sort((a, b) => Object.keys(a).length - Object.keys(b).length);
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

/** Requests without any key but those that are known: the others missing, and with something plain in them. */
export function plainFillings(known: RequestContext): readonly RequestContext[] {
  return [known, filledWith({}, known)];
}

/** A request with these keys and what is known, and something plain in every other key. */
function filledWith(context: Context, known: RequestContext): RequestContext {
  return new RequestContext(
    context,
    () => true,
    (key) => known.get(key)?.[0] ?? ANY,
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

/** One value of each kind, plain ones first. */
function valuesFor(
  key: string,
  conditions: readonly CompiledCondition[],
  plain: readonly string[],
  inVariables: boolean,
  fillings: readonly RequestContext[],
): readonly Value[] {
  const texts = textsFor(conditions, fillings);
  const all = [...new Set([...plain, ...plainValues(conditions, fillings), ...texts])];
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

/**
 * What conditions on one key ask for, and values on the other side of it.
 * @param fillings requests that may fill the policy variables in it
 */
export function plainValues(
  conditions: readonly CompiledCondition[],
  fillings: readonly RequestContext[],
): readonly string[] {
  if (conditions.length === 0) return [ANY, OTHER];
  const asked = conditions.flatMap(({ operator, values }) => {
    // Whether the key is there is all that this one asks.
    if (operator.base === "Null") return [ANY];
    const [first = ""] = values;
    const filled = values.flatMap((it) => filledTexts(it, "pattern", fillings));
    return [
      ...filled.map((it) => unescapeWildcards(fillWildcards(it))),
      ...elsewhere(operator.family, first),
    ];
  });
  return [...new Set([...asked, ...aroundLimits(conditions)])];
}

/** The text with its variables filled by each of the requests that can. */
function filledTexts(text: string, kind: TextKind, fillings: readonly RequestContext[]): readonly string[] {
  const template = compileTemplate(text, kind);
  if (typeof template === "string") return [template];
  return [...new Set(fillings.flatMap((it) => fillTemplate(template, it) ?? []))];
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
function textsFor(
  conditions: readonly CompiledCondition[],
  fillings: readonly RequestContext[],
): readonly string[] {
  const patterns = conditions.flatMap((it) => textElements(it, fillings));
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

function textElements(
  { operator, values }: CompiledCondition,
  fillings: readonly RequestContext[],
): readonly PatternElements[] {
  if (operator.family !== "String" && operator.family !== "Arn") return [];
  const kind = operator.family === "Arn" || takesWildcards(operator) ? "pattern" : "literal";
  return values
    .flatMap((value) => filledTexts(value, kind, fillings))
    .map((text) => {
      if (kind === "literal") {
        return operator.base.endsWith("IgnoreCase") ? foldedElements(text) : literalElements(text);
      }
      const elements = operator.family === "Arn" ? arnElements(arnFields(text)) : globElements(text);
      return elements.map(unescapeWildcards);
    });
}
