/**
 * The JSON fences of a Markdown document as excerpts: in lists and block quotes too, where each line has a prefix that
 * is not theirs. What is in them is not read here.
 */
import { type Excerpt, lastUpTo } from "../embedded/excerpt.js";

export interface Fence {
  readonly excerpt: Excerpt;
  readonly comments: boolean;
  /** Without a closing fence, all the text behind it seems to be in it. */
  readonly closed: boolean;
}

/** Quote marks and list items in front, then the fence and its first word. */
const OPENING =
  /^((?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*)(`{3,}|~{3,})[ \t]*\{?\.?([\w-]*)([^\r\n]*)$/;
const LIST_ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
const COMMENTED = /^(?:jsonc|json5)$/i;
const PLAIN = /^(?:json|iam-policy)$/i;
const HEADING = /^#{1,6}[ \t]+(.*?)[ \t#]*$/;
/** In front of a fence, to have it left alone. */
const LEFT_ALONE = /^[ \t>]*<!--\s*iam-policy[- ]ignore\b.*-->\s*$/;
/** Authors leave parts out like this; what is left is an outline of a policy, and no policy. */
const ELISION = /(?:^|[\s"[{,])(?:\.{3}|…)(?=$|[\s"\]},])/m;

interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  readonly next: number;
}

export function fencesIn(text: string): readonly Fence[] {
  const fences: Fence[] = [];
  let title: string | undefined;
  // Indented by so much text is code that shows what a fence looks like, but for the items of a list.
  let inList = false;
  let leftAlone = false;
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    at = line.next;
    const content = text.slice(line.start, line.end);
    if (content.trim() === "") continue;
    inList = LIST_ITEM.test(content) || (inList && /^[ \t>]/.test(content));
    const [, lead = "", marks, word = "", rest = ""] = OPENING.exec(content) ?? [];
    if (marks === undefined || (marks.startsWith("`") && rest.includes("`"))) {
      leftAlone = LEFT_ALONE.test(content);
      title = HEADING.exec(content)?.[1] ?? title;
      continue;
    }
    const lines = contentLines(text, at, marks, quotesIn(lead));
    at = lines.next;
    const ignored = leftAlone;
    leftAlone = false;
    const comments = COMMENTED.test(word);
    if (ignored || (!comments && !PLAIN.test(word))) continue;
    const [first] = lines.content;
    if (first === undefined || (!inList && /^(?: {4}|\t)/.test(lead))) continue;
    const excerpt = {
      ...excerptOf(text, [first, ...lines.content.slice(1)], lead),
      ...(title !== undefined && { title }),
    };
    if (!ELISION.test(excerpt.text)) fences.push({ excerpt, comments, closed: lines.closed });
  }
  return fences;
}

/** The lines up to the closing fence, to the end of the block quote, or to the end of the text. */
function contentLines(
  text: string,
  from: number,
  marks: string,
  quotes: number,
): { readonly content: readonly Line[]; readonly next: number; readonly closed: boolean } {
  const content: Line[] = [];
  const closing = new RegExp(`^[ \\t]*\\${marks[0]}{${marks.length},}[ \\t]*$`);
  for (let at = from; at < text.length; ) {
    const line = lineAt(text, at);
    const whole = text.slice(line.start, line.end);
    const prefix = quotes === 0 ? "" : (quotePrefix(quotes).exec(whole)?.[0] ?? undefined);
    if (prefix === undefined) return { content, next: at, closed: true };
    at = line.next;
    if (closing.test(whole.slice(prefix.length))) return { content, next: at, closed: true };
    content.push(line);
  }
  return { content, next: text.length, closed: false };
}

function excerptOf(text: string, lines: readonly [Line, ...Line[]], lead: string): Excerpt {
  const quotes = quotesIn(lead);
  const prefix = quotes === 0 ? /^(?:)/ : quotePrefix(quotes);
  const column = lead.length - (quotes === 0 ? 0 : lead.lastIndexOf(">") + 1);
  const outer: number[] = [];
  const inner: number[] = [];
  let content = "";
  for (const [index, { start, end: lineEnd, next }] of lines.entries()) {
    const from = start + prefixLength(text.slice(start, lineEnd), prefix, quotes === 0 ? column : column - 1);
    outer.push(from);
    inner.push(content.length);
    // The last line break belongs to the fence.
    content += text.slice(from, index === lines.length - 1 ? lineEnd : next);
  }
  const [begin = lines[0].start] = outer;
  const linePrefix = lead.replace(/[^>\t]/g, " ");
  return {
    start: begin,
    end: (outer.at(-1) ?? begin) + content.length - (inner.at(-1) ?? 0),
    text: content,
    outward: (offset) => {
      const line = lastUpTo(inner, offset);
      return (outer[line] ?? begin) + offset - (inner[line] ?? 0);
    },
    inward: (offset) => {
      const line = lastUpTo(outer, offset);
      const next = inner[line + 1] ?? content.length;
      return Math.min((inner[line] ?? 0) + Math.max(0, offset - (outer[line] ?? begin)), next);
    },
    write: (added) => (linePrefix === "" ? added : added.replaceAll("\n", `\n${linePrefix}`)),
  };
}

/** The quote marks, then as much white space as stands in front of the fence. */
function prefixLength(line: string, quotes: RegExp, column: number): number {
  const quoted = quotes.exec(line)?.[0].length ?? 0;
  let at = quoted;
  while (at < quoted + column && (line[at] === " " || line[at] === "\t")) at++;
  return at;
}

function quotesIn(lead: string): number {
  return lead.split(">").length - 1;
}

function quotePrefix(quotes: number): RegExp {
  return new RegExp(`^(?:[ \\t]*> ?){${quotes}}`);
}

function lineAt(text: string, start: number): Line {
  const feed = text.indexOf("\n", start);
  if (feed < 0) return { start, end: text.length, next: text.length };
  const end = feed > start && text[feed - 1] === "\r" ? feed - 1 : feed;
  return { start, end, next: feed + 1 };
}
