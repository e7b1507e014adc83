/** Placeholders such as `<aws-account-id>` and `{{bucket}}`: people or templates fill them, AWS never does. */
import type { Span } from "../syntax/span.js";

export interface Placeholder extends Span {
  /** As written, delimiters included. */
  readonly text: string;
  readonly name: string;
}

const PATTERN = /<([A-Za-z][\w .:-]{0,62})>|\{\{\s*([A-Za-z][\w .-]{0,62}?)\s*\}\}/g;

/** Spans count into `text`. */
export function findPlaceholders(text: string): readonly Placeholder[] {
  if (!text.includes("<") && !text.includes("{{")) return [];
  return [...text.matchAll(PATTERN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    name: (match[1] ?? match[2] ?? "").trim(),
  }));
}

export function hasPlaceholder(text: string): boolean {
  return findPlaceholders(text).length > 0;
}
