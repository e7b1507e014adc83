/**
 * The word at an offset of a JSON text. Which brackets are open and whether a key or a value is due is told from the
 * text in front of the cursor; the rest is left to the parser, which gets the text with the word made whole.
 */
import type { Cursor, Word, WordEdits } from "../cursor.js";
import type { Json } from "../edits.js";
import { cursorOutward } from "../embedded/cursor.js";
import { movedBy } from "../embedded/excerpt.js";
import type { Edit, Span } from "../span.js";
import {
  itemsOf,
  type KeyNode,
  type MemberNode,
  type StringNode,
  type Tree,
  type ValueNode,
} from "../tree.js";
import { indentUnit, oneLine } from "./edits.js";
import { type JsonOptions, parseJson } from "./parse.js";
import { CLOSING_QUOTES } from "./scanner.js";
import { excerptOf, mayHoldJson } from "./text-in-string.js";

/** `undefined` where no word can stand, as in a comment or directly behind a closing quote. */
export function cursorInJson(text: string, offset: number, options: JsonOptions = {}): Cursor | undefined {
  const place = placeAt(text, offset);
  if (place === undefined) return undefined;
  const found = wordAt(text, offset, place);
  if (found === undefined) return undefined;
  const { before, content, after } = whole(text, found, place);
  const start = before.length - 1;
  // Where what follows leads the parser astray, what is in front of the cursor is still read.
  for (const rest of [after, ""]) {
    const tree = parseJson(`${before}${content}"${rest}`, { ...options, leaveStrings: true });
    const node = wordIn(tree, start);
    if (node === undefined || (node.type === "key") !== (place.due === "key")) continue;
    const { word, span } = found;
    if (node.type === "string" && word.quote === QUOTE && mayHoldJson(node))
      return cursorInString(offset, word, node);
    return { tree, node, word, edits: wordEdits(text, word, span, place, found.closed) };
  }
  return undefined;
}

/** The string holds JSON: the word is one of that. */
function cursorInString(offset: number, { text, typed }: Word, { parent }: StringNode): Cursor | undefined {
  // In a list, since words in front of a bracket are passed over.
  const [node] = itemsOf(parseJson(`["${text}"]`, { leaveStrings: true }).root);
  if (node?.type !== "string") return undefined;
  const excerpt = movedBy(excerptOf(node), offset - typed.length - node.contentStart);
  const cursor = cursorInJson(excerpt.text, excerpt.inward(offset), { parent });
  return cursor && cursorOutward(cursor, excerpt);
}

interface Place {
  /** The innermost open bracket; `undefined` at the top. */
  readonly open: "{" | "[" | undefined;
  readonly due: "key" | "value";
  /** A comma has to come first. */
  readonly lacksComma: boolean;
  /** End of the last token in front of the word. */
  readonly previousEnd: number;
  /** Where the string begins that the offset is in, at its quote. */
  readonly quote: number | undefined;
}

interface FoundWord {
  readonly word: Word;
  /** What the word and its quotes take up. */
  readonly span: Span;
  readonly closed: boolean;
}

interface Frame {
  readonly open: "{" | "[";
  expects: "key" | "colon" | "value" | "comma";
}

const QUOTE = '"';
const BARE = /[\w*?:./${@+-]/;

function placeAt(text: string, offset: number): Place | undefined {
  const frames: Frame[] = [];
  let previousEnd = 0;
  let quote: number | undefined;
  let at = 0;
  const wordStart = bareStart(text, offset);
  if (text.startsWith("//", wordStart) || text.startsWith("/*", wordStart)) return undefined;
  const value = () => {
    const frame = frames.at(-1);
    if (frame !== undefined) frame.expects = frame.expects === "key" ? "colon" : "comma";
  };
  while (at < wordStart) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      at++;
      continue;
    }
    const char = text[at] as string;
    if (char === QUOTE || opensAsQuote(text, at)) {
      const end = stringEnd(text, at);
      if (end !== undefined ? end > offset : lineEndFrom(text, at) >= offset) {
        quote = at;
        break;
      }
      // A key in a list: the list was never closed.
      if (end !== undefined && frames.at(-1)?.open === "[" && colonFollows(text, end)) {
        while (frames.at(-1)?.open === "[") frames.pop();
        const frame = frames.at(-1);
        if (frame !== undefined) frame.expects = "key";
      }
      // A mark that nothing closes may be anything.
      if (end === undefined && char !== QUOTE) {
        at++;
        continue;
      }
      at = end ?? lineEndFrom(text, at);
      value();
      previousEnd = at;
      continue;
    }
    if (char === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
      const line = text[at + 1] === "/";
      const close = line ? lineEndFrom(text, at) : text.indexOf("*/", at + 2);
      const end = close < 0 ? text.length + 1 : line ? close : close + 2;
      if (end > offset || (line && end === offset)) return undefined;
      at = end;
      continue;
    }
    at++;
    const frame = frames.at(-1);
    if (char === "{" || char === "[") {
      value();
      frames.push({ open: char, expects: char === "{" ? "key" : "value" });
    } else if (char === "}" || char === "]") {
      const opener = char === "}" ? "{" : "[";
      if (frames.some(({ open }) => open === opener)) while (frames.pop()?.open !== opener);
    } else if (char === ",") {
      if (frame !== undefined) frame.expects = frame.open === "{" ? "key" : "value";
    } else if (char === ":") {
      if (frame?.open === "{") frame.expects = "value";
    } else if (BARE.test(char)) {
      while (at < wordStart && BARE.test(text[at] as string)) at++;
      value();
    } else continue;
    previousEnd = at;
  }
  const frame = frames.at(-1);
  if (frame === undefined) return previousEnd > 0 ? undefined : top(quote);
  if (frame.expects === "colon") return undefined;
  const lacksComma = frame.expects === "comma";
  const due = frame.open === "{" && frame.expects !== "value" ? "key" : "value";
  return { open: frame.open, due, lacksComma, previousEnd, quote };
}

function top(quote: number | undefined): Place {
  return { open: undefined, due: "value", lacksComma: false, previousEnd: 0, quote };
}

function wordAt(
  text: string,
  offset: number,
  { quote, previousEnd, lacksComma }: Place,
): FoundWord | undefined {
  if (quote === undefined) {
    const start = bareStart(text, offset);
    // Directly behind a word in quotes or a bracket there is nothing to write but a comma.
    if (lacksComma && previousEnd === start) return undefined;
    let end = offset;
    while (end < text.length && BARE.test(text[end] as string)) end++;
    const hasValue = colonFollows(text, end);
    // A bare key ends at its colon.
    if (text[end - 1] === ":" && end > offset) end--;
    const word = { text: text.slice(start, end), typed: text.slice(start, offset), quote: "", hasValue };
    return { word, span: { start, end }, closed: false };
  }
  const start = quote + 1;
  const close = closingQuote(text, start, offset);
  const end = close ?? unclosedEnd(text, offset);
  const spanEnd = close === undefined ? end : close + 1;
  const word = {
    text: text.slice(start, end),
    typed: text.slice(start, offset),
    quote: text.charAt(quote),
    hasValue: colonFollows(text, spanEnd),
  };
  return { word, span: { start: quote, end: spanEnd }, closed: close !== undefined };
}

/** The text cut at the word, with what the parser needs to take the word for what it is. */
function whole(text: string, { word, span }: FoundWord, { due, lacksComma, previousEnd, open }: Place) {
  const gap = text.slice(previousEnd, span.start);
  const before = `${text.slice(0, previousEnd)}${lacksComma ? "," : ""}${gap}"`;
  const content = word.text
    .replace(/(\\.)|"/gs, (_, escaped: string | undefined) => escaped ?? "'")
    .replace(/(^|[^\\])(\\\\)*\\$/, "$1$2");
  let rest = text.slice(span.end);
  const next = /^\s*([^\s])/.exec(rest)?.[1];
  if (due === "key" && !word.hasValue) {
    rest = `: null${next === undefined || next === "}" || next === "," ? "" : ","}${rest}`;
  } else if (due === "value" && open !== undefined && next !== undefined && /["{[]/.test(next)) {
    rest = `,${rest}`;
  }
  return { before, content, after: rest };
}

/** The key or text that begins at the offset. */
function wordIn({ root }: Tree, start: number): KeyNode | StringNode | undefined {
  let node: ValueNode | undefined = root;
  while (node !== undefined) {
    if (node.type === "string") return node.start === start ? node : undefined;
    if (node.type === "array") {
      node = node.items.find((item) => item.start <= start && start < item.end);
    } else if (node.type === "object") {
      const member: MemberNode | undefined = node.members.find((it) => it.start <= start && start < it.end);
      if (member?.key.start === start) return member.key;
      node = member?.value;
    } else return undefined;
  }
  return undefined;
}

function wordEdits(text: string, word: Word, span: Span, place: Place, closed: boolean): WordEdits {
  const { previousEnd, lacksComma } = place;
  const comma = commaAt(previousEnd, lacksComma ? "," : "");
  const isQuoted = word.quote !== "";
  const contentStart = isQuoted ? span.start + 1 : span.start;
  const contentEnd = closed ? span.end - 1 : span.end;
  const straightened = (from: number, to: number): readonly Edit[] =>
    /^[^"]$/.test(text.slice(from, to)) ? [{ start: from, end: to, newText: QUOTE }] : [];
  const opening = straightened(span.start, contentStart);
  const closing = straightened(contentEnd, span.end);
  const next = /^\s*([^\s])/.exec(text.slice(span.end))?.[1];
  const tail = place.open !== undefined && next !== undefined && /["{[\w-]/.test(next) ? "," : "";
  const unit = indentUnit(text) ?? (text.trim() === "" ? "  " : undefined);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = lineIndent(text, span.start);
  const print = (value: Json) =>
    unit === undefined || !isLong(value)
      ? oneLine(value, /\{ +"/.test(text) ? " " : "")
      : JSON.stringify(value, null, unit).replaceAll("\n", newline + indent);
  return {
    text(replacement, within, more = false) {
      const escaped = JSON.stringify(replacement).slice(1, -1);
      const whole = within === undefined || within.end >= word.text.length;
      if (isQuoted) {
        const start = contentStart + (within?.start ?? 0);
        const end = contentStart + (within?.end ?? word.text.length);
        const behind = place.due === "value" ? tail : "";
        // An edit of its own directly behind the cursor would move it.
        const closes = whole && !more && (!closed || closing.length > 0);
        const edit = {
          start,
          end: closes ? span.end : Math.min(end, contentEnd),
          newText: closes ? `${escaped}${QUOTE}${behind}` : escaped,
        };
        const rest = closes || !closed ? [] : [...closing, ...commaAt(span.end, behind)];
        return [edit, ...comma, ...opening, ...rest];
      }
      const head = word.text.slice(0, within?.start ?? 0);
      const rest = within === undefined ? "" : word.text.slice(within.end);
      const close = more ? "" : `"${place.due === "value" && within === undefined ? tail : ""}`;
      return [{ ...span, newText: `"${head}${escaped}${rest}${close}` }, ...comma];
    },
    value(value) {
      return [{ ...span, newText: print(value) + tail }, ...comma];
    },
    member(key, value) {
      if (word.hasValue) {
        const end = closing.length > 0 ? span.end : contentEnd;
        const newText = keyText(key, isQuoted, closed && end === contentEnd);
        return [{ start: contentStart, end, newText }, ...opening];
      }
      // The quote in front stays: editors compare what is typed with what stands at the start of the replaced text.
      const quote = isQuoted ? "" : QUOTE;
      const colon = unit === undefined && /":\S/.test(text) && !/":\s/.test(text) ? ":" : ": ";
      const newText = `${quote}${JSON.stringify(key).slice(1)}${colon}${print(value)}${tail}`;
      return [{ start: contentStart, end: span.end, newText }, ...comma, ...opening];
    },
  };
}

/** None where there is nothing to write. */
function commaAt(offset: number, newText: string): readonly Edit[] {
  return newText === "" ? [] : [{ start: offset, end: offset, newText }];
}

function keyText(key: string, isQuoted: boolean, closed: boolean): string {
  const escaped = JSON.stringify(key).slice(1, -1);
  return isQuoted ? `${escaped}${closed ? "" : '"'}` : `"${escaped}"`;
}

/** Is a value better written over several lines? Empty brackets and lists of one text are not. */
function isLong(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => typeof item === "object");
  return Object.keys(value).length > 0;
}

function bareStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && BARE.test(text[start - 1] as string)) start--;
  // A variable's brace belongs to the word, a document's does not.
  for (
    let brace = text.indexOf("{", start);
    brace >= 0 && brace < offset;
    brace = text.indexOf("{", brace + 1)
  ) {
    if (text[brace - 1] !== "$") start = brace + 1;
  }
  while (text[start] === ":" && start < offset) start++;
  return start;
}

/** Does a mark stand there that somebody took for a quotation mark? In a word it is an apostrophe. */
function opensAsQuote(text: string, at: number): boolean {
  return text.charAt(at) in CLOSING_QUOTES && !/[\w'’]/.test(text.charAt(at - 1));
}

/** Behind the closing quote of the string that begins at the quote; `undefined` if the line ends first. */
function stringEnd(text: string, quote: number): number | undefined {
  const closing = CLOSING_QUOTES[text.charAt(quote)];
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (closing === undefined ? code === 34 : closing.includes(text.charAt(at))) return at + 1;
    if (code === 92) at++;
    else if (code === 10 || code === 13) return undefined;
  }
  return undefined;
}

function lineEndFrom(text: string, at: number): number {
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** The quote that closes the string, rather than one that opens the next on the same line. */
function closingQuote(text: string, start: number, offset: number): number | undefined {
  const end = stringEnd(text, start - 1);
  if (end === undefined || end <= offset) return undefined;
  const rest = text.slice(end, lineEndFrom(text, end));
  const between = text.slice(offset, end - 1);
  // `"s3:Get█, "s3:Put"`: that quote opens, for a word is glued to it.
  if (/^[^\s,:}\]]/.test(rest) && /[\s,:]/.test(between)) return undefined;
  return /[,:]\s*$/.test(between) && rest.trim() !== "" && !/^\s*[,:}\]]/.test(rest) ? undefined : end - 1;
}

/** Where a string without a closing quote is taken to end: before what closes the line. */
function unclosedEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !/[\s",}\]]/.test(text[end] as string)) end++;
  return end;
}

function colonFollows(text: string, at: number): boolean {
  return /^\s*:/.test(text.slice(at, at + 100));
}

function lineIndent(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? "";
}
