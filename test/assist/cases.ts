/**
 * Markdown specs of what is offered for a text: under each heading a block ```jsonc (or of another host language) with the text, words behind it that
 * set the scene, and blocks with what is expected, named behind theirs. `‸` in the text is the cursor, `«…»` what is
 * selected. It judges nothing.
 */
import { readFileSync } from "node:fs";
import { LANGUAGES, type Language } from "../../server/src/syntax/document.js";
import type { Span } from "../../server/src/syntax/span.js";

export interface AssistCase {
  readonly title: string;
  /** Without the marks. */
  readonly text: string;
  /** What the marks say; the end of the text without any. */
  readonly selection: Span;
  /** The words behind the block's language. */
  readonly info: string;
  readonly language: Language;
  /** What is expected, by the words behind the block's language. */
  readonly expected: ReadonlyMap<string, string>;
}

/** A text with fences of its own stands between longer ones. */
const BLOCK = /^(`{3,})(\w*)([^\n]*)\n([\s\S]*?)^\1$/gm;
const HEADING = /^#+ (.+)$/gm;

/** @param expectation does a block with these words behind its language say what is expected? */
export function readCases(path: string, expectation: RegExp): readonly AssistCase[] {
  const markdown = readFileSync(path, "utf8");
  const headings = [...markdown.replace(BLOCK, (it) => " ".repeat(it.length)).matchAll(HEADING)];
  const cases: (AssistCase & { expected: Map<string, string> })[] = [];
  for (const match of markdown.matchAll(BLOCK)) {
    const [, , language = "", words = "", content = ""] = match;
    const info = words.trim();
    const body = content.replace(/\n$/, "");
    if (expectation.test(info)) {
      cases.at(-1)?.expected.set(info, body);
      continue;
    }
    const title = headings.filter(({ index }) => index < match.index).at(-1)?.[1] ?? "";
    const same = cases.filter((it) => it.title.replace(/ \(\d+\)$/, "") === title).length;
    cases.push({
      title: same === 0 ? title : `${title} (${same + 1})`,
      ...readMarks(body),
      info,
      language: LANGUAGES.find((it) => it === language) ?? "json",
      expected: new Map(),
    });
  }
  return cases;
}

function readMarks(marked: string): { readonly text: string; readonly selection: Span } {
  const text = marked.replace(/[‸«»]/g, "");
  const cursor = marked.indexOf("‸");
  if (cursor >= 0) return { text, selection: { start: cursor, end: cursor } };
  const from = marked.indexOf("«");
  if (from < 0) return { text, selection: { start: text.length, end: text.length } };
  return { text, selection: { start: from, end: marked.indexOf("»") - 1 } };
}
