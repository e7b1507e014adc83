/**
 * Texts that come again and again, such as names of elements and actions, as one string each. Cut from a document, each
 * occurrence would be a string of its own, slow to compare, and would keep the whole document in memory for as long
 * as anybody remembers it.
 */

/** A power of two, in pairs; what falls into a taken pair takes one of it over, so the pool never grows. */
const SLOTS = 1 << 17;
/** Longer ones hardly ever come twice, so they are copied only. */
const LONGEST = 160;

const slots: (string | undefined)[] = new Array(SLOTS).fill(undefined);

/** The part of the text, as a string that holds nothing but itself. `hash` goes by the part's characters alone. */
export function pooled(text: string, start: number, end: number, hash: number): string {
  const length = end - start;
  if (length > LONGEST) return apart(text.slice(start, end));
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  const known = slots[slot];
  if (known !== undefined && known.length === length && isAt(known, text, start)) return known;
  const beside = slots[slot ^ 1];
  if (beside !== undefined && beside.length === length && isAt(beside, text, start)) return beside;
  const made = apart(text.slice(start, end));
  slots[known === undefined ? slot : slot ^ 1] = made;
  return made;
}

/** Like `startsWith`, which is slower for texts as short as these. */
function isAt(part: string, text: string, start: number): boolean {
  for (let i = 0; i < part.length; i++) if (part.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

/** A copy: engines let a slice point into the text that it was cut from. */
function apart(text: string): string {
  return text.split("").join("");
}
