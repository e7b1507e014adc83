/** Entries of `Resource` against each other, as the texts that they match. Case counts. */

import { arnFields } from "./arn.js";
import { opened } from "./arn-pattern.js";
import { coversPattern, hasWildcard } from "./wildcard.js";

/** Does `wide` match everything that `narrow` matches, and is it written differently? */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || !coversPattern(wide, narrow)) return false;
  return hasWildcard(wide) && !ESCAPE.test(wide);
}

/**
 * Are all wildcards before the fifth colon whole fields? Others stay within their field when AWS compares,
 * so that they match less than they seem to.
 */
export function fillsFields(pattern: string): boolean {
  return arnFields(opened(pattern))
    .slice(0, 5)
    .every((field) => field === "*" || !hasWildcard(field));
}

/** `${*}` and `${?}` are the characters themselves. */
const ESCAPE = /\$\{[*?]\}/;
