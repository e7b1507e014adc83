/** Entries of `Resource` against each other, as the texts that they match. Case counts. */

import { arnFields } from "./arn.js";
import { opened } from "./arn-pattern.js";
import { coversPattern, hasWildcard, isWildcard, STAR } from "./wildcard.js";

/** Does `wide` match everything that `narrow` matches, and is it written differently? */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || !coversPattern(wide, narrow)) return false;
  return hasWildcard(wide) && !ESCAPE.test(wide);
}

/**
 * Which neighbours there are in the text, as a set of 32 bits. A pattern covers no text that lacks one of its own: a look
 * at them settles nearly every pair.
 */
export function neighboursIn(text: string): number {
  let bits = 0;
  let before = STAR;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isWildcard(before) && !isWildcard(code)) bits |= 1 << ((before * 7 + code) & 31);
    before = code;
  }
  return bits;
}

export function mayCover(wide: number, narrow: number): boolean {
  return (wide & ~narrow) === 0;
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
