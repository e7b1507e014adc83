/**
 * Resources that statements tell apart: one of each kind that their patterns treat alike, as far as there are not too many.
 * Samples find differences; the deciding is `evaluate`'s.
 */
import { type ArnTemplate, mayMatch, templatesOfAction } from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { sentKeysOn } from "../catalogue/sent-keys.js";
import type { CompiledStatement } from "../evaluate/compile.js";
import { RequestContext } from "../evaluate/context.js";
import { matchesGlob } from "../evaluate/glob.js";
import { arnFields } from "../policy/arn.js";
import { isOpen, readArnPattern } from "../policy/arn-pattern.js";
import {
  globElements,
  literalElements,
  type PatternElements,
  textsToldApart,
} from "../policy/pattern-classes.js";
import { findVariables, isEscapeVariable, type PolicyVariable, variableText } from "../policy/variable.js";
import { coversPattern, patternsOverlap } from "../policy/wildcard.js";
import type { ActionClass } from "./action-classes.js";
import { ANY, type ArnHome, concreteArn, FALLBACK_REGION, fillWildcards, OTHER } from "./concrete-arn.js";
import { unnamedResources } from "./resources-at-stake.js";

/** Of the kinds that the action works on; the plainest first. */
export function sampleResources(
  { representative, statements }: ActionClass,
  home: ArnHome,
  catalogue: Catalogue,
  more: Iterable<string> = [],
): readonly string[] {
  if (representative.resourceTypes.length === 0) return ["*"];
  const templates = templatesOfAction(catalogue, representative);
  const entries = statements.flatMap(({ resources, notResources }) => [...resources, ...notResources]);
  const patterns = [...new Set(entries.map((it) => it.value))].filter((it) => it.startsWith("arn:"));
  const found = new Set(unnamedResources(representative, home, catalogue));
  const add = (arn: string) => {
    const pattern = readArnPattern(arn);
    if (pattern !== undefined && templates.some((it) => mayMatch(catalogue, pattern, it))) found.add(arn);
  };
  for (const arn of more) add(arn);
  for (const pattern of patterns) add(concreteArn(pattern, home));
  const few = patterns.length > FEW ? [] : patterns;
  for (const a of few) for (const b of few) for (const arn of shared(a, b, home)) add(arn);
  // What these leave out is rarely pretty, so it comes last.
  const distinct = [...new Map(entries.map((it) => [it.value, it])).values()];
  const fillings = fillingsOf(patterns, statements);
  const contexts = fillings.map(contextOf);
  const keys = [...new Set(statements.flatMap((it) => it.conditions.map(({ foldedKey }) => foldedKey)))];
  const sentBits = (arn: string) => {
    const sent = sentKeysOn(catalogue, representative.fullName.toLowerCase(), arn);
    return keys.map((it) => Number(sent?.(it) !== false));
  };
  const kindOf = (arn: string) =>
    [
      ...contexts.flatMap((context) => distinct.map((it) => Number(it.matches(arn, context)))),
      ...sentBits(arn),
    ].join("");
  const kinds = new Set([...found].map(kindOf));
  for (const template of templates) {
    for (const arn of resourcesOfForm(template, patterns, fillings, home)) {
      const kind = kindOf(arn);
      if (!kinds.has(kind)) found.add(arn);
      kinds.add(kind);
    }
  }
  if (mayNameNone(representative)) found.add("*");
  return [...found];
}

/** Of several kinds that are all optional, a request names one; where there is one kind only, it may name none. */
function mayNameNone({ resourceTypes }: Action): boolean {
  const [only] = resourceTypes;
  return resourceTypes.length === 1 && only?.required === false;
}

/** Up to here pairs of patterns and values of variables are looked at, and combinations of Region and account. */
const FEW = 12;
const MANY = 24;

/** What the variables of resource patterns would have to be filled with to match some of the resources, by key in lower case. */
export function fittingValues(
  { statements }: ActionClass,
  resources: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { value } of statements.flatMap((it) => [...it.resources, ...it.notResources])) {
    const tail = arnFields(value)[5] ?? "";
    const [variable] = findVariables(tail);
    if (variable === undefined || isEscapeVariable(variable) || keyOf(variable) === USERNAME_KEY) continue;
    const before = tail.slice(0, variable.start);
    const after = /^[^*?$]*/.exec(tail.slice(variable.end))?.[0] ?? "";
    for (const resource of resources) {
      const name = arnFields(resource)[5] ?? "";
      if (!name.startsWith(before)) continue;
      const end = after === "" ? name.length : name.indexOf(after, before.length);
      const fitting = name.slice(before.length, Math.max(end, 0));
      const values = found.get(keyOf(variable)) ?? new Set();
      found.set(keyOf(variable), values);
      if (fitting !== "" && values.size < FEW) values.add(fitting);
    }
  }
  return new Map([...found].map(([key, values]) => [key, [...values]]));
}

/** What variables are filled with, by key in lower case; `ANY` where it does not say. */
type Filling = ReadonlyMap<string, string>;

/** With nothing special in every variable, with its default, and with the values that conditions ask of the same keys. */
function fillingsOf(
  patterns: readonly string[],
  statements: readonly CompiledStatement[],
): readonly Filling[] {
  const variables = patterns.flatMap(findVariables).filter((it) => !isEscapeVariable(it));
  const keys = new Set(variables.map(keyOf).filter((it) => it !== USERNAME_KEY));
  const defaults = variables.flatMap((it) =>
    it.defaultValue === undefined ? [] : [[keyOf(it), it.defaultValue.replace(/^'(.*)'$/s, "$1")] as const],
  );
  const asked = statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ foldedKey }) => keys.has(foldedKey))
    .flatMap(({ foldedKey, values }) => values.map((it) => [foldedKey, fillWildcards(it)] as const));
  const single = [...defaults, ...asked].slice(0, FEW).map((one) => new Map([one]));
  return keys.size === 0
    ? [new Map()]
    : [new Map(), new Map([...keys].map((key) => [key, OTHER])), ...single];
}

function keyOf({ key }: PolicyVariable): string {
  return key.trim().toLowerCase();
}

function contextOf(filling: Filling): RequestContext {
  return new RequestContext(
    {},
    () => true,
    (key) => (key === USERNAME_KEY ? variableText(key) : (filling.get(key) ?? ANY)),
  );
}

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

/** Of each corner of the world one: patterns such as `eu-*` leave some of them out. */
const OTHER_REGIONS = [
  "eu-central-1",
  "us-east-1",
  "ap-southeast-1",
  "sa-east-1",
  "ca-central-1",
  "af-south-1",
];
const OTHER_ACCOUNTS = ["999999999999", "888888888888", "100000000001"];

/** One ARN of the form for each combination of patterns that some ARN matches. */
function resourcesOfForm(
  { service, region, account, resource, flat }: ArnTemplate,
  patterns: readonly string[],
  fillings: readonly Filling[],
  home: ArnHome,
): readonly string[] {
  if (isOpen(service)) return [];
  const split = patterns.map(arnFields);
  // The usual one, those that patterns name, and one that none of them names.
  const fieldValues = (pattern: string, index: number, own: string, others: readonly string[]) => {
    if (!isOpen(pattern)) return [pattern];
    const named = split.map((it) => it[index] ?? "*").filter((it) => it !== "" && fillWildcards(it) !== ANY);
    if (named.length === 0) return [own];
    const other = others.find((it) => !named.some((glob) => matchesGlob(glob, it)));
    return [...new Set([own, ...named.map(fillWildcards), ...(other === undefined ? [] : [other])])];
  };
  const heads = fieldValues(region, 3, home.region ?? FALLBACK_REGION, OTHER_REGIONS).flatMap((inRegion) =>
    fieldValues(account, 4, home.id, OTHER_ACCOUNTS).map((inAccount) => [
      "arn",
      home.partition,
      service,
      inRegion,
      inAccount,
    ]),
  );
  return heads.slice(0, MANY).flatMap((head) => {
    const tails = split
      .filter((fields) => head.every((field, index) => matchesGlob(fields[index] ?? "*", field)))
      .flatMap((fields) => tailsOf(fields[5] ?? "*", fillings));
    return textsToldApart(tails, globElements(resource), flat ? "/" : "").map((text) =>
      [...head, text.replaceAll(USERNAME, variableText(USERNAME_KEY))].join(":"),
    );
  });
}

const USERNAME_KEY = "aws:username";
/** Stands for the caller's name, which is filled in for each principal. */
const USERNAME = "\uE100";

function tailsOf(tail: string, fillings: readonly Filling[]): readonly PatternElements[] {
  return tail.includes("${") ? fillings.map((it) => tailElements(tail, it)) : [globElements(tail)];
}

function tailElements(tail: string, filling: Filling): PatternElements {
  const elements: string[] = [];
  let from = 0;
  for (const variable of findVariables(tail)) {
    elements.push(
      ...globElements(tail.slice(from, variable.start)),
      ...literalElements(fill(variable, filling)),
    );
    from = variable.end;
  }
  return [...elements, ...globElements(tail.slice(from))];
}

function fill(variable: PolicyVariable, filling: Filling): string {
  if (isEscapeVariable(variable)) return variable.key;
  const key = keyOf(variable);
  return key === USERNAME_KEY ? USERNAME : (filling.get(key) ?? ANY);
}
