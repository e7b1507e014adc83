/** Longer texts in the format that the client takes. */
import { type MarkupContent, MarkupKind } from "vscode-languageserver";
import { plainTextOf } from "../assist/hover/markdown.js";

/** @param formats what the client takes, the ones it likes best first */
export function markup(markdown: string, formats: readonly MarkupKind[]): MarkupContent {
  return formats[0] === MarkupKind.Markdown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainTextOf(markdown) };
}
