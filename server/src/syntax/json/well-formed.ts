/**
 * JSON in which nothing is wrong, which is nearly all that is not being typed at the moment, read several times faster
 * than by a parser that must be ready for anything. At the first surprise it gives up, and the forgiving parser reads the
 * text from its beginning: whatever is to be said about a text is said there. Both make the same tree.
 */
import { ReadArray, ReadKey, ReadMember, ReadObject, ReadString } from "../nodes.js";
import type { ArrayNode, MemberNode, ObjectNode, ScalarNode, StringNode, ValueNode } from "../tree.js";
import { type Kept, moveOver, type Reusable } from "./reuse.js";
import { pooled } from "./text-pool.js";

type Holder = ValueNode["parent"];

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const PERCENT = 37;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * The root of the text, an object or a list; `undefined` where something is wrong or out of the ordinary: an escape, a
 * string that may hold JSON, a character that is not ASCII, a root of another type, more than `depth` levels.
 * @param reusable what stands in an earlier version of the text: nothing of it is moved where something is wrong
 */
export function readWellFormed(
  text: string,
  parent: Holder,
  depth: number,
  reusable?: Reusable,
): ValueNode | undefined {
  const bytes = asciiOf(text);
  return bytes && new Reader(text, bytes, depth, reusable).read(parent);
}

/** Longer texts are rare, and what they take is not kept. */
const KEPT = 1 << 18;
const encoder = new TextEncoder();
const kept = new Uint8Array(KEPT);

/** A byte for each character, and a zero behind the last; `undefined` where there is any that takes more. */
function asciiOf(text: string): Uint8Array | undefined {
  const bytes = text.length < KEPT ? kept : new Uint8Array(text.length + 1);
  const { read, written } = encoder.encodeInto(text, bytes);
  if (read !== text.length || written !== text.length) return undefined;
  bytes[written] = 0;
  return bytes;
}

class Reader {
  #at = 0;
  /** Of the string read last. */
  #value = "";
  /** Members and items of what is open, outermost first: a list is made when its length is known. */
  readonly #waiting: (MemberNode | ValueNode)[] = [];
  /** What will move over when all is read, and into which list. */
  readonly #moving: (readonly [kept: Kept, list: ArrayNode])[] = [];

  constructor(
    private readonly text: string,
    private readonly bytes: Uint8Array,
    private readonly depth: number,
    private readonly reusable: Reusable | undefined,
  ) {}

  read(parent: Holder): ValueNode | undefined {
    const first = this.#next();
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return undefined;
    const root = this.#read(parent, 0);
    this.#next();
    if (root === undefined || this.#at !== this.text.length) return undefined;
    for (const [kept, list] of this.#moving) moveOver(kept, list);
    return root;
  }

  /** The first character behind white space, which is the current one then; 0 at the end. */
  #next(): number {
    const { bytes } = this;
    let at = this.#at;
    for (;;) {
      const code = bytes[at];
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) {
        this.#at = at;
        return code ?? 0;
      }
      at++;
    }
  }

  /** The value at the current character. */
  #read(parent: Holder, level: number): ValueNode | undefined {
    switch (this.bytes[this.#at]) {
      case QUOTE:
        return this.#string(parent);
      case OPEN_BRACE:
        return level < this.depth ? this.#object(parent, level + 1) : undefined;
      case OPEN_BRACKET:
        return level < this.depth ? this.#array(parent, level + 1) : undefined;
      default:
        return this.#bare(parent);
    }
  }

  #object(parent: Holder, level: number): ObjectNode | undefined {
    const start = this.#at++;
    const node = new ReadObject(start, start, parent);
    const from = this.#waiting.length;
    let more: boolean | undefined = this.#next() !== CLOSE_BRACE;
    while (more) {
      const member = this.#member(node, level);
      if (member === undefined) return undefined;
      this.#waiting.push(member);
      more = this.#follows(CLOSE_BRACE);
    }
    if (more === undefined) return undefined;
    node.members = this.#waiting.splice(from) as MemberNode[];
    node.end = ++this.#at;
    return node;
  }

  #member(parent: ObjectNode, level: number): MemberNode | undefined {
    const start = this.#at;
    if (!this.#text()) return undefined;
    const end = this.#at;
    const key = new ReadKey(start, end, this.#value, start + 1);
    const member = new ReadMember(start, end, parent, key);
    if (this.#next() !== COLON) return undefined;
    this.#at++;
    this.#next();
    member.value = this.#read(member, level);
    member.end = this.#at;
    return member.value && member;
  }

  #array(parent: Holder, level: number): ArrayNode | undefined {
    const start = this.#at++;
    const node = new ReadArray(start, start, parent);
    const from = this.#waiting.length;
    let more: boolean | undefined = this.#next() !== CLOSE_BRACKET;
    while (more) {
      const item = this.#kept(node, level) ?? this.#read(node, level);
      if (item === undefined) return undefined;
      this.#waiting.push(item);
      more = this.#follows(CLOSE_BRACKET);
    }
    if (more === undefined) return undefined;
    node.items = this.#waiting.splice(from) as ValueNode[];
    node.end = ++this.#at;
    return node;
  }

  /** Behind a member or an item: is there another one? `undefined` where something else stands. */
  #follows(closing: number): boolean | undefined {
    const behind = this.#next();
    if (behind === closing) return false;
    if (behind !== COMMA) return undefined;
    this.#at++;
    this.#next();
    return true;
  }

  /** An object that was read before, which is passed over. */
  #kept(list: ArrayNode, level: number): ObjectNode | undefined {
    const kept = this.reusable?.find(this.#at, level);
    if (kept === undefined) return undefined;
    this.#moving.push([kept, list]);
    this.#at += kept.node.end - kept.node.start;
    return kept.node;
  }

  #string(parent: Holder): StringNode | undefined {
    const start = this.#at;
    // What is percent-encoded may hold JSON.
    if (this.bytes[start + 1] === PERCENT || !this.#text()) return undefined;
    return new ReadString(start, this.#at, parent, this.#value, start + 1);
  }

  /** A string without escapes. */
  #text(): boolean {
    const { bytes } = this;
    if (bytes[this.#at] !== QUOTE) return false;
    const start = this.#at + 1;
    let end = start;
    let hash = 0;
    for (;;) {
      const code = bytes[end] ?? 0;
      if (code === QUOTE) break;
      if (code < SPACE || code === BACKSLASH) return false;
      hash = (Math.imul(hash, 31) + code) | 0;
      end++;
    }
    this.#value = pooled(this.text, start, end, hash);
    this.#at = end + 1;
    return true;
  }

  #bare(parent: Holder): ScalarNode | undefined {
    const start = this.#at;
    BARE.lastIndex = start;
    const word = BARE.exec(this.text)?.[0] ?? "";
    const end = start + word.length;
    this.#at = end;
    if (word === "true" || word === "false")
      return { type: "boolean", start, end, parent, value: word === "true" };
    if (word === "null") return { type: "null", start, end, parent };
    return NUMBER.test(word) ? { type: "number", start, end, parent, value: Number(word) } : undefined;
  }
}

const BARE = /[^\s,\]}]*/y;
/** As RFC 8259 has it. */
export const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
