/**
 * Condition keys that AWS publishes with a gap to fill, such as `aws:RequestTag/${TagKey}`, `s3:ExistingObjectTag/<key>`
 * and `codebuild:secondarySources/${sourceIdentifier}.location`: which of them a written key is.
 */
import type { ConditionKey } from "./catalogue.js";

const GAP = /\$\{[^}]*\}|<[^>]*>/;

export function isKeyTemplate(key: string): boolean {
  return GAP.test(key);
}

/** Finds a key by its lower-case text: as published, or else by the template that leaves the least open. */
export function keyFinder(keys: readonly ConditionKey[]): (folded: string) => ConditionKey | undefined {
  const exact = new Map(keys.map((key) => [key.key.toLowerCase(), key]));
  const templates = keys
    .filter(({ key }) => isKeyTemplate(key))
    .map((key) => ({ key, literals: key.key.toLowerCase().split(new RegExp(GAP, "g")) }))
    .sort((a, b) => b.literals.join("").length - a.literals.join("").length);
  return (folded) => exact.get(folded) ?? templates.find(({ literals }) => fills(literals, folded))?.key;
}

/** Is the text those literals in that order, with at least one character in every gap? */
function fills(literals: readonly string[], text: string): boolean {
  const first = literals[0] ?? "";
  const last = literals.at(-1) ?? "";
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, from + 1);
    if (found < 0) return false;
    from = found + literal.length;
  }
  return text.length - last.length > from && text.endsWith(last);
}
