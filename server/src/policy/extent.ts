/**
 * What a statement takes in, in a form in which two statements can be compared: does one apply to every request that
 * the other applies to? Told from the patterns alone; `false` means that it cannot be told.
 * Which requests AWS sends and how it decides them is not known here.
 */
import { itemsOf, type MemberNode } from "../syntax/tree.js";
import { arnFields } from "./arn.js";
import { opened } from "./arn-pattern.js";
import type { Condition } from "./condition.js";
import { isIntrinsicName } from "./intrinsic.js";
import { ofStatement, type Statement } from "./policy.js";
import { isAnyone, type Principal } from "./principal.js";
import { coversPattern, hasWildcard, patternsOverlap } from "./wildcard.js";
import { ALLOW, DENY, STATEMENT_ELEMENTS, type StatementElement } from "./words.js";

export class Extent {
  #key: string | undefined;

  constructor(
    readonly effect: typeof ALLOW | typeof DENY,
    /** In lower case. */
    readonly actions: PatternSet,
    /** `undefined` where the statement has no such element. */
    readonly resources: PatternSet | undefined,
    readonly principals: PatternSet | undefined,
    /** One text for each condition, sorted. */
    readonly conditions: readonly string[],
  ) {}

  /** Equal for statements that take in the same, written in another order or with entries that add nothing. */
  get key(): string {
    const { effect, actions, resources, principals, conditions } = this;
    this.#key ??= JSON.stringify([effect, actions, resources, principals, conditions]);
    return this.#key;
  }

  withoutConditions(): Extent {
    return new Extent(this.effect, this.actions, this.resources, this.principals, []);
  }
}

export class PatternSet {
  #exact: ReadonlySet<string> | undefined;
  #wide: readonly string[] | undefined;

  constructor(
    /** Is it everything but the patterns? */
    readonly negated: boolean,
    /** Sorted; none covers another. */
    readonly patterns: readonly string[],
  ) {}

  has(pattern: string): boolean {
    this.#exact ??= new Set(this.patterns);
    return this.#exact.has(pattern);
  }

  /** Only a pattern covers anything but itself. */
  get wide(): readonly string[] {
    this.#wide ??= this.patterns.filter(hasWildcard);
    return this.#wide;
  }
}

/** `undefined` for a statement that is unfinished, unsound, or filled in by a template. */
export const extentOf = ofStatement.answered(readExtent);

function readExtent(statement: Statement): Extent | undefined {
  const effect = statement.effect?.value;
  if (effect !== ALLOW && effect !== DENY) return undefined;
  const elements = STATEMENT_ELEMENTS.filter((name) => statement.elements[name] !== undefined);
  // An element that is written twice, or that AWS does not know.
  if (elements.length !== statement.node.members.length) return undefined;
  const actions = readSet(statement, "Action", "NotAction", coversAction, (it) => it.toLowerCase());
  const resources = readSet(statement, "Resource", "NotResource", coversResource);
  const principals = readPrincipalSet(statement);
  const conditions = readConditionTexts(statement);
  if (actions === undefined || actions === "unreadable" || !actions.patterns.every(isActionPattern))
    return undefined;
  if (resources === "unreadable" || resources?.patterns.every(isResourcePattern) === false) return undefined;
  if (principals === "unreadable" || conditions === undefined) return undefined;
  return new Extent(effect, actions, resources, principals, conditions);
}

/** Does `wide` apply wherever `narrow` does? Their effects are not compared. */
export function coversExtent(wide: Extent, narrow: Extent): boolean {
  return (
    wide.conditions.every((it) => narrow.conditions.includes(it)) &&
    coversTargets(wide, narrow) &&
    coversSet(wide.actions, narrow.actions, coversAction)
  );
}

/** The resources and principals alone. */
export function coversTargets(wide: Extent, narrow: Extent): boolean {
  return (
    coversSet(wide.resources, narrow.resources, coversResource) &&
    coversSet(wide.principals, narrow.principals, coversPrincipal)
  );
}

/** The pattern in lower case. */
export function takesInAction(actions: PatternSet, pattern: string): boolean {
  if (actions.negated) {
    const open = opened(pattern);
    return hasWildcard(open)
      ? !actions.patterns.some((out) => patternsOverlap(out, open))
      : !takesIn(actions, pattern, coversAction);
  }
  return takesIn(actions, pattern, coversAction);
}

type Covers = (wide: string, narrow: string) => boolean;

function coversSet(wide: PatternSet | undefined, narrow: PatternSet | undefined, covers: Covers): boolean {
  if (wide === undefined || narrow === undefined) return wide === narrow;
  if (wide.negated && narrow.negated) return isWithin(wide, narrow, covers);
  if (wide.negated)
    return !wide.patterns.some((out) =>
      narrow.patterns.some((it) => patternsOverlap(opened(out), opened(it))),
    );
  return narrow.negated ? wide.patterns.includes("*") : isWithin(narrow, wide, covers);
}

/** Of the patterns alone, whatever the sets make of them. */
function isWithin({ patterns }: PatternSet, outer: PatternSet, covers: Covers): boolean {
  return patterns.every((it) => takesIn(outer, it, covers));
}

function takesIn(set: PatternSet, pattern: string, covers: Covers): boolean {
  return set.has(pattern) || set.wide.some((it) => covers(it, pattern));
}

function coversAction(wide: string, narrow: string): boolean {
  return coversPattern(wide, narrow);
}

function coversPrincipal(wide: string, narrow: string): boolean {
  return wide === narrow || wide === "*";
}

/** Wildcards in front of the fifth colon keep to their field, so fields are compared one by one. */
export function coversResource(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === "*") return true;
  if (differsAtOnce(wide, narrow)) return false;
  // Fields that cover one another make texts that do, which is told much faster and settles nearly every pair.
  if (!coversPattern(wide, opened(narrow)) || opened(wide) !== wide) return false;
  const wideFields = arnFields(wide);
  const narrowFields = arnFields(narrow);
  if (wideFields.length < ARN_FIELDS || narrowFields.length < ARN_FIELDS) return false;
  for (let i = 0; i < ARN_FIELDS; i++) {
    const [outer = "", inner = ""] = [wideFields[i], narrowFields[i]];
    if (outer === inner) continue;
    // A star in front of a colon may run over it: only a field that is the same text is sure to do so likewise.
    if (i < ARN_FIELDS - 1 && hasWildcard(opened(inner))) return false;
    if (!coversPattern(outer, opened(inner))) return false;
  }
  return true;
}

const ARN_FIELDS = 6;

/** Do they differ before anything in them stands for other text? Most pairs do, and are told apart by this alone. */
function differsAtOnce(wide: string, narrow: string): boolean {
  for (let i = 0; i < wide.length; i++) {
    const outer = wide.charCodeAt(i);
    const inner = narrow.charCodeAt(i);
    if (STANDING_FOR_TEXT.has(outer) || STANDING_FOR_TEXT.has(inner)) return false;
    if (outer !== inner) return true;
  }
  return false;
}

/** Wildcards, and what variables and placeholders begin with. */
const STANDING_FOR_TEXT: ReadonlySet<number> = new Set([..."*?$<{"].map((it) => it.charCodeAt(0)));

function isActionPattern(text: string): boolean {
  return /^\*+$/.test(text) || (text.includes(":") && opened(text) === text);
}

function isResourcePattern(text: string): boolean {
  return text === "*" || (text.startsWith("arn:") && arnFields(text).length === ARN_FIELDS);
}

function readSet(
  statement: Statement,
  positive: StatementElement,
  negative: StatementElement,
  covers: Covers,
  fold = (text: string) => text,
): PatternSet | undefined | "unreadable" {
  const yes = statement.elements[positive];
  const no = statement.elements[negative];
  if (yes === undefined && no === undefined) return undefined;
  const texts = textsOf(yes ?? no);
  if ((yes !== undefined && no !== undefined) || texts === undefined) return "unreadable";
  return patternSet(yes === undefined, texts.map(fold), covers);
}

function patternSet(negated: boolean, texts: readonly string[], covers: Covers): PatternSet {
  const all = [...new Set(texts)].sort();
  // Only a pattern can cover another entry; of two that cover each other the first stays.
  const wide = all.length === 1 ? [] : all.filter(hasWildcard);
  const covered = (text: string) =>
    wide.some((other) => other !== text && covers(other, text) && (other < text || !covers(text, other)));
  return new PatternSet(negated, wide.length === 0 ? all : all.filter((text) => !covered(text)));
}

/** `undefined` where the element holds anything but strings, or nothing. */
function textsOf(member: MemberNode | undefined): readonly string[] | undefined {
  const items = itemsOf(member?.value);
  const texts = items.flatMap((it) => (it.type === "string" ? [it.value] : []));
  return texts.length === 0 || texts.length !== items.length ? undefined : texts;
}

function readPrincipalSet(statement: Statement): PatternSet | undefined | "unreadable" {
  const yes = statement.elements.Principal;
  const no = statement.elements.NotPrincipal;
  if (yes === undefined && no === undefined) return undefined;
  const { value } = yes ?? no ?? {};
  const entries = yes === undefined ? statement.notPrincipals : statement.principals;
  const written =
    value?.type === "object"
      ? value.members.reduce((sum, member) => sum + (textsOf(member)?.length ?? Number.NaN), 0)
      : value?.type === "string"
        ? 1
        : 0;
  if ((yes !== undefined && no !== undefined) || entries.length === 0 || entries.length !== written)
    return "unreadable";
  return patternSet(yes === undefined, entries.map(principalText), coversPrincipal);
}

function principalText(principal: Principal): string {
  return isAnyone(principal) ? "*" : `${principal.type?.value ?? ""} ${principal.value}`;
}

/** `undefined` where a condition could not be read. */
function readConditionTexts(statement: Statement): readonly string[] | undefined {
  const element = statement.elements.Condition;
  if (element === undefined) return [];
  if (element.value?.type !== "object") return undefined;
  const readable = element.value.members.every(
    ({ key, value }) =>
      !isIntrinsicName(key.value) &&
      value?.type === "object" &&
      value.members.every((it) => !isIntrinsicName(it.key.value)),
  );
  const texts = statement.conditions.map(conditionText);
  return readable && texts.every((it) => it !== undefined) ? texts.sort() : undefined;
}

function conditionText({ operator, key, member, values }: Condition): string | undefined {
  const texts: string[] = [];
  for (const value of values) {
    if (value.type === "string") texts.push(value.value);
    else if (value.type === "number" || value.type === "boolean") texts.push(String(value.value));
    else return undefined;
  }
  if (member.value === undefined) return undefined;
  const { qualifier, base, ifExists } = operator;
  return JSON.stringify([qualifier, base, ifExists, key.value.toLowerCase(), [...new Set(texts)].sort()]);
}
