/**
 * JSON and JSONC to the neutral tree. Any text parses, and one mistake gives one problem:
 * after each surprise the parser asks which single repair makes the rest of the text fit.
 * It never asks whether the result is a policy.
 */
import { excerptsOf } from "../embedded/excerpts.js";
import { ReadArray, ReadKey, ReadMember, ReadObject, ReadString } from "../nodes.js";
import type { Problem } from "../problem.js";
import type { Edit, Span } from "../span.js";
import type {
  ArrayNode,
  EmbeddedText,
  InvalidNode,
  KeyNode,
  MemberNode,
  ObjectNode,
  StringNode,
  Tree,
  ValueNode,
} from "../tree.js";
import { moveOver, type Reusable, reusableFrom } from "./reuse.js";
import { Scanner, type Token } from "./scanner.js";
import { excerptOf, mayHoldJson } from "./text-in-string.js";
import { NUMBER, readWellFormed } from "./well-formed.js";

export interface JsonOptions {
  /** Line and block comments are part of the language (JSONC). */
  readonly comments?: boolean;
  /** So are commas before a closing bracket. */
  readonly trailingCommas?: boolean;
  /** Strings are not read any further. */
  readonly leaveStrings?: boolean;
  /** What holds the text, where it is embedded in another. */
  readonly parent?: ValueNode["parent"];
  /** The tree of an earlier version of the text. It is given up: what is the same moves over into the new tree. */
  readonly before?: Tree | undefined;
}

/** Deeper values are skipped as one, so that nobody behind the parser can run out of stack. */
export const MAX_DEPTH = 200;

export function parseJson(text: string, options: JsonOptions = {}): Tree {
  const { before, parent, comments, trailingCommas } = options;
  const reusable = before && reusableFrom(before, text);
  const root = readWellFormed(text, parent, MAX_DEPTH, reusable);
  if (root === undefined) return parseForgiving(text, options, reusable);
  // What was not read again may have comments.
  const isPlain = reusable === undefined || !(comments || trailingCommas);
  return { text, root, problems: [], ...(isPlain && { isPlain }) };
}

/** For any text. `parseJson` makes the same of sound ones, only faster. */
export function parseForgiving(text: string, options: JsonOptions = {}, reusable?: Reusable): Tree {
  return new Parser(text, options, reusable).parse();
}

/** Reads what strings hold, too. Only strict JSON has a reader on the other side. */
function withEmbedded(tree: Tree, strings: readonly Mutable<StringNode>[], before: Tree | undefined): Tree {
  const excerpts = excerptsOf(tree.text, before);
  const embedded = strings.flatMap((node): readonly EmbeddedText[] => {
    const excerpt = excerptOf(node);
    const texts = excerpts.read(excerpt, node.parent, () => parseJson(excerpt.text));
    const root = texts?.[0].root;
    if (texts === undefined || root?.type !== "object") return [];
    node.embedded = root;
    return texts;
  });
  const whole = { ...tree, embedded };
  excerpts.keepWith(whole);
  return whole;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Opener = "{" | "[";
type Holder = MemberNode | ArrayNode | undefined;

const CLOSER = { "{": "}", "[": "]" } as const;
const LITERALS: ReadonlyMap<string, string> = new Map([
  ["true", "true"],
  ["yes", "true"],
  ["false", "false"],
  ["no", "false"],
  ["null", "null"],
  ["none", "null"],
  ["nil", "null"],
  ["undefined", "null"],
]);

class Parser {
  readonly #scan: Scanner;
  readonly #problems: Problem[] = [];
  /** The open brackets, outermost first, and where each stands. */
  readonly #open: { readonly opener: Opener; readonly at: number }[] = [];
  /** A comma that a list took before it turned out that the list had ended. */
  #pendingComma: number | undefined;
  /** Strings that may hold JSON themselves. */
  readonly #holders: Mutable<StringNode>[] = [];
  #atEnd = false;
  #balanceBudget = 50;

  constructor(
    private readonly text: string,
    private readonly options: JsonOptions,
    private readonly reusable: Reusable | undefined,
  ) {
    this.#scan = new Scanner(text, options.comments ?? false);
  }

  parse(): Tree {
    const scan = this.#scan;
    scan.next();
    if (scan.token === "end") {
      this.#report({ code: "empty-document", text: "", start: 0, end: this.text.length });
      return this.#tree(undefined);
    }
    this.#skipPreamble();
    const { parent } = this.options;
    const root = this.#atKey() ? this.#impliedObject(parent) : this.#value(parent);
    if (this.#token() !== "end") {
      const start = scan.start;
      const end = this.text.trimEnd().length;
      this.#scan.forget(start, this.text.length + 1);
      this.#report({
        code: "stray-text",
        text: this.text.slice(start, end),
        start,
        end,
        edits: [{ start: scan.previousEnd, end, newText: "" }],
      });
    }
    return this.#tree(root);
  }

  #tree(root: ValueNode | undefined): Tree {
    const problems = [...this.#problems, ...this.#scan.problems].sort(
      (a, b) => a.start - b.start || a.end - b.end,
    );
    const tree = { text: this.text, root, problems };
    return this.#holders.length === 0 ? tree : withEmbedded(tree, this.#holders, this.options.before);
  }

  /** Words before the first bracket, such as a heading that was copied along. */
  #skipPreamble(): void {
    const scan = this.#scan;
    if (scan.token !== "bare" && !(scan.token === "string" && !scan.followedByColon())) return;
    const from = scan.start;
    const open = this.text.slice(from).search(/[{[]/);
    if (open <= 0) return;
    const end = from + this.text.slice(from, from + open).trimEnd().length;
    scan.forget(from, from + open);
    this.#stray({ start: from, end }, from + open);
    scan.resumeAt(from + open);
  }

  /** Reads one value; `undefined`, with nothing consumed or reported, where none starts. */
  #value(parent: Holder): ValueNode | undefined {
    const scan = this.#scan;
    switch (scan.token) {
      case "{":
      case "[":
        if (this.#open.length >= MAX_DEPTH) return this.#tooDeep(parent);
        return scan.token === "{" ? (this.#reused(parent) ?? this.#object(parent)) : this.#array(parent);
      case "string": {
        const { start, end, value, contentStart, sourceMap } = scan;
        scan.next();
        const node = new ReadString(start, end, parent, value, contentStart);
        if (sourceMap !== undefined) node.sourceMap = sourceMap;
        if (this.options.leaveStrings !== true && mayHoldJson(node)) this.#holders.push(node);
        return node;
      }
      case "bare":
        return this.#bare(parent);
      default:
        return undefined;
    }
  }

  #bare(parent: Holder): ValueNode {
    const scan = this.#scan;
    const { start } = scan;
    const word = this.text.slice(start, scan.end);
    if (NUMBER.test(word)) {
      const { end } = scan;
      scan.next();
      return { type: "number", start, end, parent, value: Number(word) };
    }
    const literal = LITERALS.get(word.toLowerCase());
    if (literal !== undefined) {
      const { end } = scan;
      if (word !== literal) this.#replace("invalid-literal", { start, end }, literal);
      scan.next();
      return literal === "null"
        ? { type: "null", start, end, parent }
        : { type: "boolean", start, end, parent, value: literal === "true" };
    }
    scan.extendBare();
    const { end } = scan;
    const value = this.text.slice(start, end);
    this.#replace(
      /^[-+.\d][\d_.]*$/.test(value) ? "invalid-number" : "unquoted-text",
      { start, end },
      JSON.stringify(value),
    );
    scan.next();
    return new ReadString(start, end, parent, value, start);
  }

  /** An item of a list that was read before. */
  #reused(parent: Holder): ObjectNode | undefined {
    if (this.reusable === undefined || parent?.type !== "array") return undefined;
    const kept = this.reusable.find(this.#scan.start, this.#open.length);
    if (kept === undefined) return undefined;
    const node = moveOver(kept, parent);
    this.#scan.resumeAt(node.end);
    return node;
  }

  #object(parent: Holder): ObjectNode {
    const { start } = this.#scan;
    const node = new ReadObject(start, start, parent);
    this.#open.push({ opener: "{", at: start });
    this.#scan.next();
    node.end = this.#members(node, this.#open.length);
    this.#open.pop();
    return node;
  }

  /** An object whose opening brace is missing: the current token is its first key. */
  #impliedObject(parent: Holder): ObjectNode {
    const { start } = this.#scan;
    const node = new ReadObject(start, start, parent);
    const closed = this.#balance().braces > 0;
    this.#open.push({ opener: "{", at: start });
    const reported = this.#problems.length;
    node.end = this.#members(node, this.#open.length);
    this.#open.pop();
    const edits: Edit[] = [{ start, end: start, newText: "{" }];
    if (!closed) {
      this.#problems.length = reported;
      edits.push({ start: node.end, end: node.end, newText: "}" });
    }
    this.#report({ code: "missing-bracket", text: closed ? "{" : "{}", start, end: start, edits });
    return node;
  }

  /** Reads members up to the object's end; returns the offset where the object ends. */
  #members(node: Mutable<ObjectNode>, depth: number): number {
    const scan = this.#scan;
    const members: MemberNode[] = [];
    node.members = members;
    let comma: number | undefined;
    for (;;) {
      if (this.#pendingComma !== undefined) {
        comma = this.#pendingComma;
        this.#pendingComma = undefined;
      }
      const last = members.at(-1);
      switch (scan.token) {
        case "end":
          return this.#unclosedAtEnd(comma);
        case "}":
          this.#trailingComma(comma);
          scan.next();
          return scan.previousEnd;
        case "]":
          if (this.#wrongCloser("{", comma)) {
            scan.next();
            return scan.previousEnd;
          }
          if (scan.token === "]") return scan.previousEnd;
          continue;
        case ",":
          comma = this.#comma(comma, last);
          continue;
        case ":":
          this.#strayToken();
          continue;
        case "{":
        case "[": {
          const ended = this.#bracketForKey(node, members, comma, depth);
          if (ended !== undefined) return ended;
          comma = undefined;
          continue;
        }
        default: {
          if (last !== undefined && comma === undefined) this.#missingComma();
          else if (last !== undefined && this.#continuesList(last)) {
            this.#impliedArray(last as Mutable<MemberNode>);
            comma = undefined;
            continue;
          }
          comma = undefined;
          this.#member(node, members);
        }
      }
    }
  }

  #member(node: ObjectNode, members: MemberNode[]): void {
    const scan = this.#scan;
    const wasBare = scan.token === "bare";
    const key = this.#key();
    const member = new ReadMember(key.start, key.end, node, key);
    if (scan.token === ":") {
      const colon = scan.start;
      scan.next();
      while (scan.token === ":") this.#strayToken();
      this.#memberValue(member, colon + 1);
    } else if (scan.token === "bare" && /^:?=/.test(this.text.slice(scan.start, scan.start + 2))) {
      const sign = /^(?:=>|:=|=)/.exec(this.text.slice(scan.start, scan.end))?.[0] ?? "";
      const end = scan.start + sign.length;
      this.#replace("missing-colon", { start: scan.start, end }, ":");
      scan.resumeAt(end);
      this.#memberValue(member, end);
    } else if (
      wasBare &&
      scan.token !== "{" &&
      scan.token !== "[" &&
      !(scan.token === "string" && !scan.followedByColon())
    ) {
      // A word where a key should stand, and no colon: text that does not belong here.
      this.#scan.forget(key.start, key.end);
      const sentence = this.#restOfWords(key);
      this.#stray(sentence, undefined);
      return;
    } else if (this.#startsValue() && !this.#atKey()) {
      this.#report({
        code: "missing-colon",
        text: ":",
        start: key.end,
        end: key.end,
        edits: [{ start: key.end, end: key.end, newText: ":" }],
      });
      if (wasBare) this.#quoteKey(key);
      this.#memberValue(member, key.end);
    } else if (scan.token !== "end") {
      this.#report({ code: "missing-value", text: key.value, start: key.start, end: key.end });
    } else if (wasBare) this.#quoteKey(key);
    member.end = Math.max(member.end, scan.previousEnd, member.value?.end ?? 0);
    members.push(member);
  }

  #memberValue(member: Mutable<MemberNode>, after: number): void {
    const scan = this.#scan;
    if (this.#atKey()) {
      if (this.#balance().braces > 0) {
        member.value = this.#impliedObject(member);
        return;
      }
      this.#report({ code: "missing-value", text: member.key.value, start: after, end: after });
      // The next member begins here; that no comma precedes it is the same mistake.
      this.#pendingComma = after;
      return;
    }
    const from = this.#problems.length;
    member.value = this.#value(member);
    if (member.value === undefined) {
      if (scan.token !== "end") {
        this.#report({ code: "missing-value", text: member.key.value, start: after, end: after });
      }
      return;
    }
    member.value = this.#withoutStray(member.value, member, from);
  }

  /** `[CA] "arn:…"`: what came first is no value but text that does not belong; the value follows. */
  #withoutStray(value: ValueNode, parent: Holder, reported: number): ValueNode {
    const scan = this.#scan;
    if (!this.#looksStray(value)) return value;
    if (!this.#startsValue() || this.#atKey()) return value;
    this.#problems.length = reported;
    scan.forget(value.start, value.end);
    this.#stray(value, scan.start);
    return this.#value(parent) ?? value;
  }

  #looksStray(value: ValueNode): boolean {
    if (value.type === "array") {
      return (
        value.items.length <= 1 &&
        value.items.every((item) => item.type === "number" || this.#isBareText(item))
      );
    }
    return this.#isBareText(value);
  }

  #isBareText(value: ValueNode): boolean {
    return value.type === "string" && value.contentStart === value.start;
  }

  #key(): KeyNode {
    const scan = this.#scan;
    if (scan.token === "string") {
      const { start, end, value, contentStart, sourceMap } = scan;
      scan.next();
      const key = new ReadKey(start, end, value, contentStart);
      if (sourceMap !== undefined) key.sourceMap = sourceMap;
      return key;
    }
    const { start, end } = scan;
    // A bare key stops at its colon, wherever a bare value would have gone on.
    const colon = this.text.slice(start, end).indexOf(":");
    const keyEnd = colon > 0 ? start + colon : end;
    if (keyEnd === end) scan.next();
    else scan.resumeAt(keyEnd);
    const key = new ReadKey(start, keyEnd, this.text.slice(start, keyEnd), start);
    if (scan.token === ":") this.#quoteKey(key);
    return key;
  }

  #quoteKey({ start, end, value }: KeyNode): void {
    this.#replace("unquoted-text", { start, end }, JSON.stringify(value));
  }

  #array(parent: Holder): ArrayNode {
    const scan = this.#scan;
    const { start } = scan;
    const items: ValueNode[] = [];
    const node = new ReadArray(start, start, parent);
    node.items = items;
    this.#open.push({ opener: "[", at: start });
    scan.next();
    node.end = this.#items(node, items);
    this.#open.pop();
    return node;
  }

  /** Reads items up to the list's end; returns the offset where the list ends. */
  #items(node: ArrayNode, items: ValueNode[]): number {
    const scan = this.#scan;
    let comma: number | undefined;
    for (;;) {
      if (this.#pendingComma !== undefined) {
        comma = this.#pendingComma;
        this.#pendingComma = undefined;
      }
      const last = items.at(-1);
      switch (scan.token) {
        case "end":
          return this.#unclosedAtEnd(comma);
        case "]":
          this.#trailingComma(comma);
          scan.next();
          return scan.previousEnd;
        case "}":
          if (this.#wrongCloser("[", comma)) {
            scan.next();
            return scan.previousEnd;
          }
          if (scan.token === "}") return scan.previousEnd;
          continue;
        case ",":
          comma = this.#comma(comma, last);
          continue;
        case ":":
          this.#strayToken();
          continue;
      }
      if (this.#atKey()) {
        if (last !== undefined && last.type !== "object") return this.#unclosed("[", comma);
        if (last !== undefined && comma === undefined) this.#missingComma();
        items.push(this.#impliedObject(node));
      } else {
        if (last !== undefined && comma === undefined) this.#missingComma();
        const reported = this.#problems.length;
        const value = this.#value(node);
        if (value === undefined) continue;
        items.push(this.#withoutStray(value, node, reported));
      }
      comma = undefined;
    }
  }

  /** A comma where a value should stand. Returns the comma now waiting for a value. */
  #comma(waiting: number | undefined, last: ValueNode | MemberNode | undefined): number {
    const scan = this.#scan;
    const { start, end } = scan;
    scan.next();
    if (last !== undefined && waiting === undefined) return start;
    this.#report({ code: "duplicate-comma", text: ",", start, end, edits: [{ start, end, newText: "" }] });
    return waiting ?? start;
  }

  #trailingComma(comma: number | undefined): void {
    if (comma === undefined || this.options.trailingCommas) return;
    // A comma that stood alone in empty brackets has been reported already.
    if (this.#problems.some((problem) => problem.start === comma)) return;
    this.#report({
      code: "trailing-comma",
      text: ",",
      start: comma,
      end: comma + 1,
      edits: [{ start: comma, end: comma + 1, newText: "" }],
    });
  }

  #missingComma(): void {
    const at = this.#scan.previousEnd;
    if (this.#problems.at(-1)?.end === at && this.#problems.at(-1)?.code === "stray-text") return;
    this.#report({
      code: "missing-comma",
      text: ",",
      start: at,
      end: at,
      edits: [{ start: at, end: at, newText: "," }],
    });
  }

  /**
   * The current token closes the other kind of bracket than the innermost open one. Decides by what the rest
   * of the text has too many or too few of. True: read it as the right closer. Otherwise either the token was
   * dropped as stray, or it stays current and the caller ends its container.
   */
  #wrongCloser(opener: Opener, comma: number | undefined): boolean {
    const scan = this.#scan;
    const { braces, brackets } = this.#balance();
    const [own, other] = opener === "{" ? [braces, brackets] : [brackets, braces];
    const enclosing = this.#open.slice(0, -1).some((it) => it.opener !== opener);
    if (other > 0 && own < 0) {
      this.#trailingComma(comma);
      this.#replace("mismatched-bracket", { start: scan.start, end: scan.end }, CLOSER[opener]);
      return true;
    }
    if ((other > 0 && own >= 0) || !enclosing) {
      this.#strayToken();
      return false;
    }
    this.#unclosed(opener, comma);
    this.#pendingComma = undefined;
    return false;
  }

  /** The innermost container ends here, before the current token, without its closing bracket. */
  #unclosed(opener: Opener, comma: number | undefined): number {
    const scan = this.#scan;
    const at = comma ?? scan.previousEnd;
    const end = this.text.slice(0, at).trimEnd().length;
    const closer = CLOSER[opener];
    const opened = this.#open.at(-1)?.at ?? end;
    const edits: Edit[] = [{ start: end, end, newText: closer }];
    const followed = scan.token === "string" || scan.token === "{";
    if (comma !== undefined && !followed) edits.push({ start: comma, end: comma + 1, newText: "" });
    if (comma === undefined && followed) edits[0] = { start: end, end, newText: `${closer},` };
    this.#report({
      code: "missing-bracket",
      text: closer,
      start: end,
      end,
      edits,
      related: { start: opened, end: opened + 1 },
    });
    // The comma belongs to the container around; where there is none, its absence is this same mistake.
    if (followed) this.#pendingComma = comma ?? end;
    return end;
  }

  /** The text ends with brackets open: one problem for all of them, with all the closers as its repair. */
  #unclosedAtEnd(comma: number | undefined): number {
    const scan = this.#scan;
    const textEnd = this.text.trimEnd().length;
    if (this.#atEnd) return textEnd;
    this.#atEnd = true;
    const closers = this.#open
      .map(({ opener }) => CLOSER[opener])
      .reverse()
      .join("");
    const before = this.text.slice(0, scan.previousEnd).trimEnd();
    const repairable = /["\d\]}elE[{,]$/.test(before);
    const innermost = this.#open.at(-1)?.at ?? 0;
    const quote = [...scan.problems].find(
      (it) => it.code === "missing-quote" && it.start >= scan.previousEnd,
    );
    const edits: Edit[] = [{ start: scan.previousEnd, end: scan.previousEnd, newText: closers }];
    if (comma !== undefined) edits.unshift({ start: comma, end: comma + 1, newText: "" });
    if (quote !== undefined) {
      // Cut off inside a string: closing it and closing the brackets is one repair.
      this.#scan.forget(quote.start, quote.start + 1);
      const at = quote.start;
      this.#report({
        ...quote,
        text: `"${closers}`,
        edits: [{ start: at, end: at, newText: `"${closers}` }],
      });
      return textEnd;
    }
    this.#report({
      code: "missing-bracket",
      text: closers,
      start: scan.previousEnd,
      end: scan.previousEnd,
      related: { start: innermost, end: innermost + 1 },
      ...(repairable ? { edits } : {}),
    });
    return textEnd;
  }

  /** An opening bracket where a key should stand. Returns the object's end if it was never closed. */
  #bracketForKey(
    node: ObjectNode,
    members: MemberNode[],
    comma: number | undefined,
    depth: number,
  ): number | undefined {
    const scan = this.#scan;
    const last = members.at(-1);
    const isItem = this.#open[depth - 2]?.opener === "[";
    if (
      scan.token === "{" &&
      isItem &&
      last !== undefined &&
      (this.#balance().braces < 0 || last.value?.type !== "object")
    ) {
      return this.#unclosed("{", comma);
    }
    if (last?.value?.type === "object" && scan.token === "{") {
      this.#impliedArray(last as Mutable<MemberNode>);
      return undefined;
    }
    const balance = this.#balance();
    if ((scan.token === "{" ? balance.braces : balance.brackets) < 0 && scan.peek() !== "end") {
      this.#strayToken();
      return undefined;
    }
    const { start } = scan;
    const key = new ReadKey(start, start, "", start);
    const member = new ReadMember(start, start, node, key);
    this.#report({ code: "missing-key", text: this.text[start] ?? "", start, end: start + 1 });
    member.value = this.#value(member);
    member.end = Math.max(scan.previousEnd, member.value?.end ?? 0);
    members.push(member);
    return undefined;
  }

  /** After `"Action": "s3:GetObject",` comes a string that is no key but the next item of a list without brackets. */
  #continuesList(last: MemberNode): boolean {
    const scan = this.#scan;
    if (scan.token !== "string" || last.value?.type !== "string" || scan.followedByColon()) return false;
    const prefix = (text: string) => /^[\w-]+:/.exec(text)?.[0];
    const family = prefix(scan.value);
    return (family !== undefined && family === prefix(last.value.value)) || this.#balance().brackets > 0;
  }

  /** Makes a list of a member's value and the values that follow it; reports the missing bracket or both. */
  #impliedArray(member: Mutable<MemberNode>): void {
    const scan = this.#scan;
    const first = member.value as ValueNode;
    const closed = this.#balance().brackets > 0;
    const items: ValueNode[] = [first];
    const node = new ReadArray(first.start, first.end, member);
    node.items = items;
    (first as { parent: Holder }).parent = node;
    const commas: Edit[] = [];
    let end = first.end;
    while (this.#startsValue() && !this.#atKey()) {
      const value = this.#value(node);
      if (value === undefined) break;
      items.push(value);
      end = value.end;
      if (scan.token !== ",") {
        if (!this.#startsValue() || this.#atKey()) break;
        commas.push({ start: end, end, newText: "," });
        continue;
      }
      const comma = scan.start;
      scan.next();
      if (!this.#startsValue() || this.#atKey()) {
        this.#pendingComma = comma;
        break;
      }
    }
    const edits: Edit[] = [{ start: first.start, end: first.start, newText: "[" }, ...commas];
    if (closed && this.#token() === "]") {
      scan.next();
      end = scan.previousEnd;
    } else edits.push({ start: end, end, newText: "]" });
    node.end = end;
    member.value = node;
    member.end = end;
    const { start } = first;
    this.#report({ code: "missing-bracket", text: closed ? "[" : "[]", start, end: start, edits });
  }

  /** How many closing brackets the rest of the text has beyond what is open: negative where some are missing. */
  #balance(): { readonly braces: number; readonly brackets: number } {
    if (this.#balanceBudget-- <= 0) return { braces: 0, brackets: 0 };
    let braces = 0;
    let brackets = 0;
    for (const { opener } of this.#open) {
      if (opener === "{") braces--;
      else brackets--;
    }
    const text = this.text;
    for (let i = this.#scan.start; i < text.length; i++) {
      switch (text.charCodeAt(i)) {
        case 34:
          for (i++; i < text.length; i++) {
            const code = text.charCodeAt(i);
            if (code === 92) i++;
            else if (code === 34 || code === 10) break;
          }
          break;
        case 123:
          braces--;
          break;
        case 125:
          braces++;
          break;
        case 91:
          brackets--;
          break;
        case 93:
          brackets++;
          break;
      }
    }
    return { braces, brackets };
  }

  /** Through a method, because every step of the scanner changes it behind the type checker's back. */
  #token(): Token {
    return this.#scan.token;
  }

  /** A string with a colon behind it. */
  #atKey(): boolean {
    return this.#scan.token === "string" && this.#scan.followedByColon();
  }

  #startsValue(): boolean {
    const { token } = this.#scan;
    return token === "string" || token === "bare" || token === "{" || token === "[";
  }

  /** Drops the current token. */
  #strayToken(): void {
    const { start, end } = this.#scan;
    this.#scan.next();
    const text = this.text.slice(start, end);
    this.#report({ code: "stray-text", text, start, end, edits: [{ start, end, newText: "" }] });
  }

  #stray({ start, end }: Span, deleteUpTo: number | undefined): void {
    const edits = [{ start, end: deleteUpTo ?? end, newText: "" }];
    this.#report({ code: "stray-text", text: this.text.slice(start, end), start, end, edits });
  }

  /** A key without a colon and the bare words after it on the same line. */
  #restOfWords(key: KeyNode): Span {
    const scan = this.#scan;
    let { end } = key;
    while (scan.token === "bare" && !this.text.slice(end, scan.start).includes("\n")) {
      end = scan.end;
      scan.next();
    }
    return { start: key.start, end };
  }

  #tooDeep(parent: Holder): InvalidNode {
    const { start } = this.#scan;
    const text = this.text;
    let depth = 0;
    let i = start;
    for (; i < text.length; i++) {
      const char = text[i] as string;
      if (char === '"') {
        for (i++; i < text.length && text[i] !== '"' && text[i] !== "\n"; i++) if (text[i] === "\\") i++;
      } else if (char === "{" || char === "[") depth++;
      else if ((char === "}" || char === "]") && --depth === 0) break;
    }
    const end = Math.min(i + 1, text.length);
    this.#scan.resumeAt(end);
    this.#report({ code: "deep-nesting", text: String(MAX_DEPTH), start, end: start + 1 });
    return { type: "invalid", start, end, parent };
  }

  #replace(code: Problem["code"], { start, end }: Span, newText: string): void {
    this.#report({ code, text: this.text.slice(start, end), start, end, edits: [{ start, end, newText }] });
  }

  #report(problem: Problem): void {
    this.#problems.push(problem);
  }
}
