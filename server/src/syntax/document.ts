/** A text in some host language, parsed, with the means to edit it. The only place that chooses a language. */
import type { Cursor } from "./cursor.js";
import type { Edits } from "./edits.js";
import { cursorInJson } from "./json/cursor.js";
import { jsonEdits } from "./json/edits.js";
import { type FormatStyle, formatJson } from "./json/format.js";
import { type JsonOptions, parseJson } from "./json/parse.js";
import type { Edit } from "./span.js";
import type { Tree } from "./tree.js";

export type { FormatStyle };

export const LANGUAGES = ["json", "jsonc"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface SyntaxDocument {
  readonly language: Language;
  readonly tree: Tree;
  readonly edits: Edits;
}

export function parseDocument(text: string, language: Language): SyntaxDocument {
  const tree = parseJson(text, optionsOf(language));
  return { language, tree, edits: jsonEdits(text) };
}

/** The word that is being written at an offset; `undefined` where there can be none. */
export function cursorAt(text: string, offset: number, language: Language): Cursor | undefined {
  return cursorInJson(text, offset, optionsOf(language));
}

/** The white space to change so that the text is laid out in a style. Nothing but white space is ever changed. */
export function formatDocument({ language, tree }: SyntaxDocument, style: FormatStyle): readonly Edit[] {
  return formatJson(tree, style, (text) => parseDocument(text, language).tree);
}

/** The language of a file by its name. */
export function languageOf(path: string): Language {
  return /\.(?:jsonc|json5|code-workspace)$/i.test(path) ? "jsonc" : "json";
}

function optionsOf(language: Language): JsonOptions {
  const relaxed = language === "jsonc";
  return { comments: relaxed, trailingCommas: relaxed };
}
