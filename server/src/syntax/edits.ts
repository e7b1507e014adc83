/**
 * How a rule changes a document without knowing the language it is written in.
 * Commas, quotes and indentation are the business of the language that implements this, never of a rule.
 */
import type { Edit } from "./span.js";
import type { ArrayNode, KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "./tree.js";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Edits {
  /** Takes an item out of its list. A value that stands alone has no list to leave: no edit. */
  removeItem(item: ValueNode): readonly Edit[];
  /** Takes several items of one list out together. */
  removeItems(items: readonly ValueNode[]): readonly Edit[];
  removeMember(member: MemberNode): readonly Edit[];
  replaceValue(node: ValueNode, value: Json): readonly Edit[];
  /** Puts several values in the place of one list item, or of a value that stands alone. */
  replaceItem(item: ValueNode, values: readonly Json[]): readonly Edit[];
  setText(node: StringNode | KeyNode, text: string): readonly Edit[];
  insertMember(object: ObjectNode, key: string, value: Json, after?: MemberNode): readonly Edit[];
  /** In front of all other members, such as `Version`. */
  prependMember(object: ObjectNode, key: string, value: Json): readonly Edit[];
  appendItem(array: ArrayNode, value: Json): readonly Edit[];
  /** Takes out the white space that only people need. */
  minify(node: ValueNode): readonly Edit[];
  /** Is there a comment in it, which a value written anew would lose? */
  hasComment(node: ValueNode): boolean;
  /** Adds a value behind one that is in a list, or makes a list of the two. */
  insertAfter(item: ValueNode, value: Json): readonly Edit[];
}

/** Stands among edits where one cannot be made: what needs it cannot be done at all. */
export const IMPOSSIBLE: Edit = { start: -1, end: -1, newText: "" };

/** Is there something to do, and all of it can be done? */
export function isDoable(edits: readonly Edit[]): boolean {
  return edits.length > 0 && edits.every(({ start }) => start >= 0);
}

/** Applies edits that do not overlap; of overlapping ones the first in the text wins. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Do two groups of edits touch the same text? Two insertions at one place do: their order would matter. */
export function overlap(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.some((x) => b.some((y) => (x.start < y.end && y.start < x.end) || x.start === y.start));
}
