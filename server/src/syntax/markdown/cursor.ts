/** The word at an offset of a Markdown document, in one of its fences. */
import type { Cursor } from "../cursor.js";
import { cursorOutward } from "../embedded/cursor.js";
import { cursorInJson } from "../json/cursor.js";
import { fenceAt } from "./parse.js";

export function cursorInFences(text: string, offset: number): Cursor | undefined {
  const fence = fenceAt(text, offset);
  if (fence === undefined) return undefined;
  const { excerpt, comments } = fence;
  const cursor = cursorInJson(excerpt.text, excerpt.inward(offset), { comments, trailingCommas: comments });
  return cursor && cursorOutward(cursor, excerpt);
}
