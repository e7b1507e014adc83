/**
 * JSON text to tokens, one at a time, forgiving what people type and paste.
 * It knows characters, not structure: brackets, commas and missing parts are the parser's.
 */
import type { Problem } from "../problem.js";
import type { Edit } from "../span.js";
import { pooled } from "./text-pool.js";

/** `bare` is anything without quotes: numbers, literals, words. */
export type Token = "{" | "}" | "[" | "]" | ":" | "," | "string" | "bare" | "end";

export interface ScannerState {
  readonly position: number;
  readonly token: Token;
  readonly start: number;
  readonly end: number;
  readonly previousEnd: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
/** Every character that closes what the key opens; typographic quotes close each other in any mix. */
export const CLOSING_QUOTES: Readonly<Record<string, string>> = {
  "'": "'",
  "“": '”“"„',
  "”": '”“"',
  "„": '“”"',
  "«": "»",
  "‘": "’‘'",
  "’": "’‘'",
  "`": "`´",
};
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

export class Scanner {
  token: Token = "end";
  start = 0;
  end = 0;
  /** End of the token before the current one: where a missing piece would have stood. */
  previousEnd = 0;
  /** Of the current string token: its value, where its content starts, and the map for escapes. */
  value = "";
  contentStart = 0;
  sourceMap: number[] | undefined;

  /** Problems inside tokens, by offset: looking ahead reads a token twice and must not report twice. */
  readonly #lexical = new Map<number, Problem>();
  #position = 0;

  constructor(
    readonly text: string,
    private readonly commentsAllowed: boolean,
  ) {
    if (text.charCodeAt(0) === 0xfeff) {
      this.#position = 1;
      this.#report({ code: "byte-order-mark", text: "U+FEFF", start: 0, end: 1, edits: [remove(0, 1)] });
    }
  }

  get problems(): Iterable<Problem> {
    return this.#lexical.values();
  }

  save(): ScannerState {
    const { token, start, end, previousEnd } = this;
    return { position: this.#position, token, start, end, previousEnd };
  }

  restore(state: ScannerState): void {
    this.#position = state.start;
    this.previousEnd = state.previousEnd;
    this.#scan();
  }

  /** Moves to the next token. */
  next(): Token {
    if (this.token !== "end" || this.end > 0) this.previousEnd = this.end;
    this.#skipTrivia();
    this.#scan();
    return this.token;
  }

  /** Is there a colon behind the current token? Asked of every string, so it looks without scanning a token. */
  followedByColon(): boolean {
    let at = this.#position;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code === 58) return true;
      if (code === 47 || code === 35) return this.peek() === ":";
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
      at++;
    }
  }

  /** The token after the current one, without moving. */
  peek(): Token {
    const state = this.save();
    const kept = { value: this.value, contentStart: this.contentStart, sourceMap: this.sourceMap };
    const token = this.next();
    this.#position = state.position;
    this.token = state.token;
    this.start = state.start;
    this.end = state.end;
    this.previousEnd = state.previousEnd;
    Object.assign(this, kept);
    return token;
  }

  /** Continues scanning at an offset inside the current token, which the parser has read differently. */
  resumeAt(offset: number): void {
    this.#position = offset;
    this.end = offset;
    this.next();
  }

  /** Lengthens the current bare token over the words that follow on its line, up to a delimiter. */
  extendBare(): void {
    let end = this.end;
    for (let i = end; i < this.text.length; i++) {
      const char = this.text[i] as string;
      if (char === "\n" || char === "\r" || "{}[],\"'“”".includes(char)) break;
      if (char !== " " && char !== "\t") end = i + 1;
    }
    this.end = end;
    this.#position = end;
  }

  #scan(): void {
    const text = this.text;
    const start = this.#position;
    this.start = start;
    if (start >= text.length) {
      this.token = "end";
      this.end = text.length;
      return;
    }
    switch (text.charCodeAt(start)) {
      case 123:
        return this.#punctuation("{");
      case 125:
        return this.#punctuation("}");
      case 91:
        return this.#punctuation("[");
      case 93:
        return this.#punctuation("]");
      case 58:
        return this.#punctuation(":");
      case 44:
        return this.#punctuation(",");
      case QUOTE:
        return this.#string();
    }
    const closing = CLOSING_QUOTES[text[start] as string];
    if (closing !== undefined) return this.#foreignString(closing);
    this.#bare();
  }

  #punctuation(token: Token): void {
    this.token = token;
    this.end = this.#position = this.start + 1;
  }

  #skipTrivia(): void {
    const text = this.text;
    for (;;) {
      const code = text.charCodeAt(this.#position);
      if (code === 32 || code === 10 || code === 13 || code === 9) this.#position++;
      else if (code === 0xa0 || code === 0x2028 || code === 0x2029 || code === 0x200b || code === 0xfeff) {
        const at = this.#position++;
        const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
        this.#report({
          code: "control-character",
          text: name,
          start: at,
          end: at + 1,
          edits: [{ start: at, end: at + 1, newText: code === 0xa0 ? " " : "" }],
        });
      } else if (code === 47 && text[this.#position + 1] === "/")
        this.#comment(this.#lineEnd(this.#position));
      else if (code === 47 && text[this.#position + 1] === "*") {
        const close = text.indexOf("*/", this.#position + 2);
        this.#comment(close < 0 ? text.length : close + 2);
      } else if (code === 35) this.#comment(this.#lineEnd(this.#position));
      else return;
    }
  }

  #comment(end: number): void {
    const start = this.#position;
    this.#position = end;
    if (this.commentsAllowed && this.text[start] !== "#") return;
    this.#report({
      code: "comment",
      text: this.text.slice(start, end),
      start,
      end,
      edits: [remove(start, end)],
    });
  }

  #lineEnd(from: number): number {
    for (let i = from; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code === 10 || code === 13) return i;
    }
    return this.text.length;
  }

  #string(): void {
    const text = this.text;
    const start = this.start;
    this.token = "string";
    this.contentStart = start + 1;
    this.sourceMap = undefined;
    let i = start + 1;
    let plain = true;
    let hash = 0;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE) break;
      hash = (Math.imul(hash, 31) + code) | 0;
      if (code === BACKSLASH) {
        plain = false;
        i++;
        if (text.charCodeAt(i) === 10 || text.charCodeAt(i) === 13) break;
      } else if (code < 32) {
        if (code === 10 || code === 13) break;
        plain = false;
      } else if (code >= 0xd800 && code <= 0xdfff) plain = false;
    }
    if (text.charCodeAt(i) !== QUOTE) return this.#unclosed(start, Math.min(i, text.length));
    const after = text.charCodeAt(i + 1);
    if (isWordStart(after) && this.#odd(start, i)) return;
    if (!plain) return this.#close(start, i, i + 1, false);
    this.value = pooled(text, start + 1, i, hash);
    this.end = this.#position = i + 1;
  }

  #close(start: number, contentEnd: number, end: number, plain: boolean): void {
    this.end = this.#position = end;
    if (plain) this.value = this.text.slice(start + 1, contentEnd);
    else this.#decode(start + 1, contentEnd);
  }

  /**
   * A closed string with a word glued to its end is really something else: a key or value whose closing
   * quote is missing, quotes typed twice, or quotes inside that needed a backslash.
   */
  #odd(start: number, close: number): boolean {
    const text = this.text;
    const content = text.slice(start + 1, close);
    const head = withoutDelimiters(content);
    if (head !== "" && /[,:]/.test(content.slice(head.length))) {
      const end = start + 1 + head.length;
      this.#missingQuote(end, start);
      this.#close(start, end, end, !head.includes("\\"));
      return true;
    }
    const rest = text.slice(close + 1, this.#lineEnd(close));
    if (content === "") {
      const twice = rest.indexOf('""');
      if (twice > 0 && !rest.slice(0, twice).includes('"')) {
        const end = close + 1 + twice;
        this.#report({
          code: "duplicate-quote",
          text: '""',
          start,
          end: end + 2,
          edits: [remove(start, start + 1), remove(end, end + 1)],
        });
        this.contentStart = close + 1;
        this.value = text.slice(close + 1, end);
        this.end = this.#position = end + 2;
        return true;
      }
      return false;
    }
    const inner = /^[^",:{}[\]]*"([^",:{}[\]]*)"(?=\s*(?:[,}\]]|$))/.exec(rest);
    if (inner) {
      const last = close + inner[0].length;
      const quotes = [close, close + 1 + inner[0].indexOf('"')];
      this.#report({
        code: "invalid-quote",
        text: '"',
        start,
        end: last + 1,
        edits: quotes.map((at) => ({ start: at, end: at, newText: "\\" })),
      });
      this.#decode(start + 1, last);
      this.end = this.#position = last + 1;
      return true;
    }
    return false;
  }

  /** A string that reaches the end of its line. What closes the line, such as `",` or `]}`, is not part of it. */
  #unclosed(start: number, lineEnd: number): void {
    const text = this.text;
    const line = text.slice(start + 1, lineEnd);
    const inLine = /^([^\s"{}[\],]*?[^\s"{}[\],:])\s*:\s*(?=["[{]|(?:true|false|null)\s*[,}\]])/.exec(line);
    const atLineEnd = /^([^\s"{}[\],:]+)\s*:\s*$/.exec(line);
    const opensNext = atLineEnd !== null && /^\s*[[{]/.test(text.slice(lineEnd, lineEnd + 200));
    let content = inLine?.[1] ?? (opensNext ? (atLineEnd[1] as string) : withoutDelimiters(line, false));
    // Half typed, with nothing behind it on the line: what is there is the content.
    if (lineEnd === text.length && !/[\n\r]/.test(text.slice(start)) && !inLine) {
      content = /[\]}]\s*$/.test(line) ? content : line.trimEnd();
    }
    const end = start + 1 + content.length;
    this.#missingQuote(end, start);
    this.#close(start, end, end, false);
  }

  #missingQuote(at: number, opening: number): void {
    this.#report({
      code: "missing-quote",
      text: '"',
      start: at,
      end: at,
      edits: [{ start: at, end: at, newText: '"' }],
      related: { start: opening, end: opening + 1 },
    });
  }

  /** A string in single or typographic quotes, closed on its line by a quote that fits. */
  #foreignString(closing: string): void {
    const text = this.text;
    const start = this.start;
    const lineEnd = this.#lineEnd(start);
    let close = start + 1;
    while (close < lineEnd && !closing.includes(text[close] as string)) close++;
    if (close === lineEnd) return this.#bare();
    const content = text.slice(start + 1, close);
    this.token = "string";
    this.contentStart = start + 1;
    this.sourceMap = undefined;
    this.value = content;
    this.end = this.#position = close + 1;
    const newText = JSON.stringify(content.replaceAll("\\'", "'"));
    this.#report({
      code: "invalid-quote",
      text: text[start] as string,
      start,
      end: close + 1,
      edits: [{ start, end: close + 1, newText }],
    });
  }

  #bare(): void {
    const text = this.text;
    let i = this.start;
    for (; i < text.length; i++) {
      const char = text[i] as string;
      if (char === "$" && text[i + 1] === "{") {
        const close = text.indexOf("}", i);
        if (close > 0 && close < this.#lineEnd(i)) {
          i = close;
          continue;
        }
      }
      if (/[\s{}[\],"“”]/.test(char)) break;
      if (char === ":" && /^[\s"'“”[{]?$/.test(text[i + 1] ?? "")) break;
    }
    // A string whose opening quote is missing: the closing one is glued to the word.
    if (text[i] === '"' && /^"\s*(?:[,:\]}]|$|\n|\r)/.test(text.slice(i, i + 64)) && i > this.start) {
      const start = this.start;
      this.token = "string";
      this.contentStart = start;
      this.sourceMap = undefined;
      this.value = text.slice(start, i);
      this.end = this.#position = i + 1;
      this.#report({
        code: "missing-quote",
        text: '"',
        start,
        end: start,
        edits: [{ start, end: start, newText: '"' }],
        related: { start: i, end: i + 1 },
      });
      return;
    }
    this.token = "bare";
    this.end = this.#position = Math.max(i, this.start + 1);
  }

  /** Fills `value` and `sourceMap`, and reports what JSON does not allow inside a string. */
  #decode(from: number, to: number): void {
    const text = this.text;
    const map: number[] = [];
    let value = "";
    const add = (decoded: string, at: number) => {
      for (let unit = 0; unit < decoded.length; unit++) map.push(at);
      value += decoded;
    };
    for (let i = from; i < to; ) {
      const code = text.charCodeAt(i);
      if (code === BACKSLASH && i + 1 < to) {
        const length = this.#escape(i, to, add);
        i += length;
        continue;
      }
      if (code < 32) {
        const newText = JSON.stringify(text[i]).slice(1, -1);
        const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
        this.#report({
          code: "control-character",
          text: name,
          start: i,
          end: i + 1,
          edits: [{ start: i, end: i + 1, newText }],
        });
      } else if (code >= 0xd800 && code <= 0xdfff) {
        const next = text.charCodeAt(i + 1);
        if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff && i + 1 < to) {
          map.push(i, i + 1);
          value += text.slice(i, i + 2);
          i += 2;
          continue;
        }
        this.#report({ code: "lone-surrogate", text: hex(code), start: i, end: i + 1 });
      }
      add(text[i] as string, i);
      i++;
    }
    map.push(to);
    this.value = value;
    this.sourceMap = map;
  }

  /** Decodes the escape at `at`; returns how many characters it takes. */
  #escape(at: number, to: number, add: (decoded: string, at: number) => void): number {
    const text = this.text;
    const letter = text[at + 1] as string;
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      add(simple, at);
      return 2;
    }
    const digits =
      letter === "u" ? /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, Math.min(at + 6, to)))?.[0] : undefined;
    if (digits === undefined) {
      this.#report({
        code: "invalid-escape",
        text: text.slice(at, at + 2),
        start: at,
        end: at + 2,
        edits: [{ start: at, end: at, newText: "\\" }],
      });
      add("\\", at);
      return 1;
    }
    const code = Number.parseInt(digits, 16);
    const isLow = code >= 0xdc00 && code <= 0xdfff;
    const isHigh = code >= 0xd800 && code < 0xdc00;
    const paired =
      (isHigh && /^\\u[dD][c-fC-F]/.test(text.slice(at + 6, at + 10))) ||
      (isLow && /\\u[dD][89abAB][0-9a-fA-F]{2}$/.test(text.slice(Math.max(0, at - 6), at)));
    if ((isHigh || isLow) && !paired) {
      this.#report({ code: "lone-surrogate", text: hex(code), start: at, end: at + 6 });
    }
    add(String.fromCharCode(code), at);
    return 6;
  }

  #report(problem: Problem): void {
    if (!this.#lexical.has(problem.start)) this.#lexical.set(problem.start, problem);
  }

  /** Takes back what was reported inside a stretch that turned out not to be meant as JSON. */
  forget(start: number, end: number): void {
    for (const at of this.#lexical.keys()) if (at >= start && at < end) this.#lexical.delete(at);
  }
}

/**
 * The text without the punctuation at its end that belongs to the document around it.
 * Brackets that the text opened itself stay, as in `${aws:username}`.
 */
function withoutDelimiters(text: string, colons = true): string {
  const tail = (colons ? /[\s,:{}[\]]+$/ : /[\s,{}[\]]+$/).exec(text)?.[0] ?? "";
  const head = text.slice(0, text.length - tail.length);
  let open = count(head, "{[") - count(head, "}]");
  let kept = 0;
  while (kept < tail.length && "}]".includes(tail[kept] as string) && open-- > 0) kept++;
  return head + tail.slice(0, kept);
}

function count(text: string, chars: string): number {
  let n = 0;
  for (const char of text) if (chars.includes(char)) n++;
  return n;
}

function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 42 ||
    code === 36
  );
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

function remove(start: number, end: number): Edit {
  return { start, end, newText: "" };
}
