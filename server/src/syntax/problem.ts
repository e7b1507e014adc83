/** What can be wrong with a text as such. Structured codes only: the words live in `lint/rules/syntax`. */
import type { Edit, Span } from "./span.js";

export type ProblemCode =
  | "byte-order-mark"
  | "comment"
  | "control-character"
  | "deep-nesting"
  | "duplicate-comma"
  | "duplicate-quote"
  | "empty-document"
  | "invalid-escape"
  | "invalid-literal"
  | "invalid-number"
  | "invalid-quote"
  | "lone-surrogate"
  | "mismatched-bracket"
  | "missing-bracket"
  | "missing-colon"
  | "missing-comma"
  | "missing-key"
  | "missing-quote"
  | "missing-value"
  | "stray-text"
  | "trailing-comma"
  | "unquoted-text";

export interface Problem extends Span {
  readonly code: ProblemCode;
  /** What was found or is missing, for the message: a character, a word, the brackets to add. */
  readonly text: string;
  /** The repair, where there is just one sensible one. */
  readonly edits?: readonly Edit[];
  /** The other half, such as the bracket that was never closed. */
  readonly related?: Span;
}
