/**
 * Texts with places to fill in, as plain strings: marks from the private use area go through JSON printing unharmed,
 * and become an editor's snippet, or the proposed text alone, at the very end.
 */

const [OPEN, SEPARATOR, CLOSE] = ["\uE001", "\uE002", "\uE003"];
const STOP = /\uE001(\d+)((?:\uE002[^\uE001-\uE003]*)*)\uE003/g;

/** A place to fill in. Several proposals make a choice; 0 is where the cursor ends. */
export function stop(number: number, ...proposals: readonly string[]): string {
  return `${OPEN}${number}${proposals.map((it) => SEPARATOR + it).join("")}${CLOSE}`;
}

export function hasStops(text: string): boolean {
  return text.includes(OPEN as string);
}

/** With the first proposal in every place. */
export function toPlainText(text: string): string {
  return text.replace(STOP, (_, _number, proposals: string) => split(proposals)[0] ?? "");
}

/** In the syntax that LSP and VS Code share. See https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#snippet_syntax */
export function toSnippet(text: string): string {
  let snippet = "";
  let at = 0;
  for (const match of text.matchAll(STOP)) {
    snippet += escapeText(text.slice(at, match.index));
    const [, number, list = ""] = match;
    const proposals = split(list);
    if (proposals.length === 0) snippet += `\${${number}}`;
    else if (proposals.length === 1) snippet += `\${${number}:${escapeText(proposals[0] ?? "")}}`;
    else snippet += `\${${number}|${proposals.map((it) => it.replace(/[\\,|$}]/g, "\\$&")).join(",")}|}`;
    at = match.index + match[0].length;
  }
  return snippet + escapeText(text.slice(at));
}

function split(proposals: string): readonly string[] {
  return proposals.split(SEPARATOR as string).slice(1);
}

function escapeText(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
