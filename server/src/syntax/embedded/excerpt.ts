/**
 * A text that lies inside another and is written differently there: indented, quoted, escaped. Says which place of the
 * one is which of the other, and how a text has to be written to stand there. It does not read either.
 */
import { IMPOSSIBLE } from "../edits.js";
import type { Edit, Span } from "../span.js";

export interface Excerpt extends Span {
  /** As it is meant. */
  readonly text: string;
  /** What the outer text calls it. */
  readonly title?: string;
  /** Where an offset into `text` is in the outer text. */
  outward(offset: number): number;
  /** The offset into `text` of a place in the outer text; the nearest one behind for places that have none. */
  inward(offset: number): number;
  /** A text as it has to stand in the outer text. */
  write(text: string): string;
}

export function spanOutward(excerpt: Excerpt, { start, end }: Span): Span {
  return { start: excerpt.outward(start), end: excerpt.outward(end) };
}

export function editsOutward(excerpt: Excerpt, edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) =>
    edit === IMPOSSIBLE ? edit : { ...spanOutward(excerpt, edit), newText: excerpt.write(edit.newText) },
  );
}

/** The same excerpt of a text in front of which so much more stands. */
export function movedBy(excerpt: Excerpt, by: number): Excerpt {
  const { start, end, outward, inward } = excerpt;
  return {
    ...excerpt,
    start: start + by,
    end: end + by,
    outward: (offset) => outward(offset) + by,
    inward: (offset) => inward(offset - by),
  };
}

/** The index of the last number that is not greater; the numbers ascend, and the first is never greater. */
export function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
