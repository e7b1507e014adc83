/** Offsets to lines and characters and back, in UTF-16 units. Only `lsp` and the command line show places this way. */
import type { Span } from "../syntax/span.js";

/** 0-based. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Positions {
  position(offset: number): Position;
  offset(position: Position): number;
  range(span: Span): Range;
}

/** Lines end at `\n`, `\r\n` or a lone `\r`, as LSP has it. */
export function positionsIn(text: string): Positions {
  const starts = lineStarts(text);
  const position = (offset: number): Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (starts[low] ?? 0) };
  };
  return {
    position,
    offset({ line, character }) {
      const start = starts[line] ?? text.length;
      return Math.min(start + character, starts[line + 1] ?? text.length, text.length);
    },
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
  };
}

/** Searching for the line breaks themselves is many times faster than looking at every character. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (text.includes("\r")) {
    for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + lineBreak.length);
    return starts;
  }
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
