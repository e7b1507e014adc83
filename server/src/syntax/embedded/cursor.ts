/** The word at a place of an excerpt, put back where the excerpt stands. */
import type { Cursor } from "../cursor.js";
import type { Edit } from "../span.js";
import { type Excerpt, editsOutward } from "./excerpt.js";

export function cursorOutward(cursor: Cursor, excerpt: Excerpt): Cursor {
  const { edits } = cursor;
  const outward = (made: readonly Edit[]): readonly Edit[] => editsOutward(excerpt, made);
  const { title } = excerpt;
  return {
    ...cursor,
    ...(title !== undefined && { title }),
    edits: {
      text: (text, within, more) => outward(edits.text(text, within, more)),
      value: (value) => outward(edits.value(value)),
      member: (key, value) => outward(edits.member(key, value)),
    },
  };
}
