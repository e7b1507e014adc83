/**
 * A cursor in a text: the word that is being written there, the tree that the text has once that word is whole, and
 * how to put something else in its place. What the word means in a policy is told elsewhere.
 */
import type { Json } from "./edits.js";
import type { Edit, Span } from "./span.js";
import type { KeyNode, StringNode, Tree } from "./tree.js";

export interface Cursor {
  /** Of a text in which the word is whole: offsets count into that text, not into the document's. */
  readonly tree: Tree;
  /** The word's own node in `tree`. */
  readonly node: KeyNode | StringNode;
  readonly word: Word;
  /** What the document calls the text that the word is in, where that is one of several. */
  readonly title?: string;
  readonly edits: WordEdits;
}

export interface Word {
  /** All of it, as written, without quotes. */
  readonly text: string;
  /** What stands in front of the cursor. */
  readonly typed: string;
  /** What opens its string: a quotation mark, or another one that somebody took for it; empty where there is none. */
  readonly quote: string;
  /** Of a key: does its value follow already? */
  readonly hasValue: boolean;
}

/** The first edit of each list is the one at the cursor; others put a comma in front. */
export interface WordEdits {
  /**
   * Replaces the word, or the stretch of its characters.
   * @param more the writer is going to go on inside the word, which is therefore not closed
   */
  text(text: string, within?: Span, more?: boolean): readonly Edit[];
  /** Replaces a value, with its quotes if it has some. */
  value(value: Json): readonly Edit[];
  /** Replaces a key with a key and its value; the value that is there already stays. */
  member(key: string, value: Json): readonly Edit[];
}
