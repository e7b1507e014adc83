/** Places in a text. Not lines and columns: only `lsp` and the reporters know those. */

/** A half-open range of UTF-16 offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The replacement of one span by a text. An empty span inserts, an empty text deletes. */
export interface Edit extends Span {
  readonly newText: string;
}

export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Do two spans share a character, or touch? */
export function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The same place after the text before it grew (or shrank) by `by` characters. */
export function shift<S extends Span>(span: S, by: number): S {
  return by === 0 ? span : { ...span, start: span.start + by, end: span.end + by };
}
