/** A text in some host language, parsed, with the means to edit it. The only place that chooses a language. */
import type { Cursor } from "./cursor.js";
import type { Edits } from "./edits.js";
import { embeddedEdits } from "./embedded/embedded-edits.js";
import { cursorInJson } from "./json/cursor.js";
import { jsonEdits } from "./json/edits.js";
import { type FormatStyle, formatJson } from "./json/format.js";
import { type JsonOptions, parseJson } from "./json/parse.js";
import { cursorInFences } from "./markdown/cursor.js";
import { formatFences, parseMarkdown } from "./markdown/parse.js";
import type { Edit } from "./span.js";
import { standInEdits } from "./stand-in.js";
import { cursorInTemplates } from "./terraform/cursor.js";
import { escapingEdits, readTemplates, writeVariables } from "./terraform/templates.js";
import type { Tree } from "./tree.js";

export type { FormatStyle };

/** `terraform` is the JSON that Terraform reads, not its own language. */
export const LANGUAGES = ["json", "jsonc", "terraform", "markdown"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface SyntaxDocument {
  readonly language: Language;
  readonly tree: Tree;
  readonly edits: Edits;
}

/** @param before an earlier version of the document, which is given up: what is the same moves over into the new one */
export function parseDocument(text: string, language: Language, before?: SyntaxDocument): SyntaxDocument {
  const tree = treeOf(text, language, before?.language === language ? before.tree : undefined);
  return { language, tree, edits: editsIn(text, language) };
}

/** The word that is being written at an offset; `undefined` where there can be none. */
export function cursorAt(text: string, offset: number, language: Language): Cursor | undefined {
  switch (language) {
    case "markdown":
      return cursorInFences(text, offset);
    case "terraform":
      return cursorInTemplates(text, offset);
    default:
      return cursorInJson(text, offset, optionsOf(language));
  }
}

/** The white space to change so that the text is laid out in a style. Nothing but white space is ever changed. */
export function formatDocument({ language, tree }: SyntaxDocument, style: FormatStyle): readonly Edit[] {
  if (language === "markdown") return formatFences(tree.text, style);
  return formatJson(tree, style, (text) => parseDocument(text, language).tree);
}

/** The language of a file by its name. */
export function languageOf(path: string): Language {
  if (/\.tf\.json$/i.test(path)) return "terraform";
  if (MARKDOWN.test(path)) return "markdown";
  return RELAXED.test(path) ? "jsonc" : "json";
}

/** Our own files among them: nobody but us reads those. */
const RELAXED =
  /\.(?:jsonc|json5|code-workspace|access-test\.json)$|(?:^|[\\/])iam-(?:account|policy\.config)\.json$/i;
const MARKDOWN = /\.(?:md|mdx|markdown)$/i;

function treeOf(text: string, language: Language, before: Tree | undefined): Tree {
  if (language === "markdown") return parseMarkdown(text, before);
  const tree = parseJson(text, { ...optionsOf(language), before });
  return language === "terraform" ? readTemplates(tree) : tree;
}

function editsIn(text: string, language: Language): Edits {
  const editsOf = (inner: string): Edits => embeddedEdits(jsonEdits(inner), editsOf);
  const edits = standInEdits(() => editsOf(text), writeVariables);
  return language === "terraform" ? escapingEdits(edits) : edits;
}

function optionsOf(language: Language): JsonOptions {
  const relaxed = language === "jsonc";
  return { comments: relaxed, trailingCommas: relaxed };
}
