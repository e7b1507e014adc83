/** The word at an offset of Terraform's JSON. In what Terraform computes there is none: its expressions are another language. */
import type { Cursor } from "../cursor.js";
import { cursorInJson } from "../json/cursor.js";
import type { Edit } from "../span.js";
import { escapeTemplates, isComputed, readTemplates } from "./templates.js";

export function cursorInTemplates(text: string, offset: number): Cursor | undefined {
  const cursor = cursorInJson(text, offset);
  if (cursor === undefined || isComputed(cursor.word.text)) return undefined;
  const { edits } = cursor;
  const escaped = (made: readonly Edit[]): readonly Edit[] =>
    made.map((it) => ({ ...it, newText: escapeTemplates(it.newText) }));
  return {
    ...cursor,
    tree: readTemplates(cursor.tree),
    edits: {
      // Behind a mark that somebody has doubled the second one stands already.
      text(written, within, more) {
        const made = edits.text(written, within, more);
        const before = within && cursor.word.text[within.start - 1];
        const doubled = before === "$" && written.startsWith(before);
        return doubled ? made : escaped(made);
      },
      value: (value) => escaped(edits.value(value)),
      member: (key, value) => escaped(edits.member(key, value)),
    },
  };
}
