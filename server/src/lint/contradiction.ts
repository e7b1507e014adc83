/**
 * Can two conditions on the same key hold for one request? Told from their values alone, and only where that is
 * certain: what a variable, a template or an unknown operator makes of it is left open.
 */
import { failsWithoutKey, truthOf } from "../policy/absent-key.js";
import type { Condition } from "../policy/condition.js";
import { isNegated, NULL } from "../policy/condition-types.js";
import { containsRange, readDate, readIpRange, readNumber } from "../policy/condition-values.js";
import { matchesPattern } from "../policy/wildcard.js";
import { fixedText } from "./fixed-text.js";

/** Both are about the same key. */
export function contradict(a: Condition, b: Condition): boolean {
  if (onlyAbsent(a)) return failsWithoutKey(b);
  if (onlyAbsent(b)) return failsWithoutKey(a);
  if (!isPlain(a) || !isPlain(b)) return false;
  const left = textsOf(a);
  const right = textsOf(b);
  if (left.length === 0 || right.length === 0) return false;
  const [one, other] = [a.operator.base, b.operator.base];
  if (one === "Bool" && other === "Bool") {
    return !left.some((it) => right.some((text) => text.toLowerCase() === it.toLowerCase()));
  }
  if (one.startsWith("String") && other.startsWith("String")) {
    return noneAccepted(one, left, other, right) || noneAccepted(other, right, one, left);
  }
  if (one.startsWith("Numeric") && other.startsWith("Numeric")) return apart(a, b, readNumber);
  if (one.startsWith("Date") && other.startsWith("Date")) return apart(a, b, readDate);
  if (one === "IpAddress" && other === "IpAddress") return rangesApart(left, right);
  return false;
}

function onlyAbsent({ operator, values }: Condition): boolean {
  return operator.base === NULL && values.length > 0 && values.every((value) => truthOf(value) === true);
}

function isPlain({ operator }: Condition): boolean {
  return operator.known && !operator.ifExists && operator.qualifier === undefined;
}

/** Empty where a single one is not known. */
function textsOf({ values }: Condition): readonly string[] {
  const texts = values.map(fixedText).filter((it) => it !== undefined);
  return texts.length === values.length ? texts : [];
}

/** `exact` lists all values that its condition accepts: does the other accept none of them? */
function noneAccepted(
  exact: string,
  values: readonly string[],
  base: string,
  patterns: readonly string[],
): boolean {
  const anyCase = base.endsWith("IgnoreCase");
  if (exact !== "StringEquals" && !(exact === "StringEqualsIgnoreCase" && anyCase)) return false;
  const matches = (value: string) =>
    patterns.some((pattern) => {
      if (base.endsWith("Like")) return matchesPattern(pattern, value);
      return anyCase ? pattern.toLowerCase() === value.toLowerCase() : pattern === value;
    });
  return values.every((value) => matches(value) === base.includes("Not"));
}

interface Interval {
  readonly from: number;
  readonly to: number;
  /** Are the ends themselves out? */
  readonly open: boolean;
}

function apart(a: Condition, b: Condition, read: (text: string) => number | undefined): boolean {
  const left = intervalsOf(a, read);
  const right = intervalsOf(b, read);
  if (left.length === 0 || right.length === 0) return false;
  return !left.some((x) => right.some((y) => meet(x, y)));
}

/** One for each value; none where that cannot be said. */
function intervalsOf(condition: Condition, read: (text: string) => number | undefined): readonly Interval[] {
  const { base } = condition.operator;
  if (isNegated(condition.operator)) return [];
  const numbers = textsOf(condition).map(read);
  const known = numbers.filter((it) => it !== undefined);
  if (known.length !== numbers.length) return [];
  const open = base.endsWith("Than");
  return known.map((value) => ({
    from: base.includes("LessThan") ? Number.NEGATIVE_INFINITY : value,
    to: base.includes("GreaterThan") ? Number.POSITIVE_INFINITY : value,
    open,
  }));
}

function meet(x: Interval, y: Interval): boolean {
  const from = Math.max(x.from, y.from);
  const to = Math.min(x.to, y.to);
  return from < to || (from === to && !x.open && !y.open);
}

function rangesApart(left: readonly string[], right: readonly string[]): boolean {
  const read = (texts: readonly string[]) => texts.map(readIpRange).filter((it) => it !== undefined);
  const [a, b] = [read(left), read(right)];
  if (a.length !== left.length || b.length !== right.length) return false;
  return !a.some((x) => b.some((y) => containsRange(x, y) || containsRange(y, x)));
}
