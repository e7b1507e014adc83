/** How large a policy is, in the measures that AWS's quotas use. Which quota is whose is said elsewhere. */
import { originalOf } from "../syntax/embedded/transplant.js";
import { isStandIn } from "../syntax/stand-in.js";
import { toJson } from "../syntax/to-json.js";
import type { ValueNode } from "../syntax/tree.js";

export interface PolicySize {
  /** UTF-16 units, as they stand there. */
  readonly characters: number;
  /** Without the white space that stands outside strings. */
  readonly dense: number;
  /** In UTF-8. */
  readonly bytes: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const sizes = new WeakMap<ValueNode, PolicySize>();

/**
 * Nothing is parsed or written anew. Remembered: each quota asks.
 * @param isPlain the text is known to hold nothing but white space besides what is in the tree, so need not be read
 */
export function sizeOf(text: string, node: ValueNode, isPlain = false): PolicySize {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const original = originalOf(node);
  // What it takes to write it inside another text is not part of it.
  if (original !== undefined) return sizeOf(original.excerpt.text, original.node);
  // One that is written in other words has the size of what it becomes.
  if (isStandIn(node)) return sizeOfJson(node);
  const { start, end } = node;
  const size = isPlain
    ? { characters: end - start, dense: denseLength(node), bytes: end - start }
    : new SizeInText(text, start, end, end - start - whiteSpaceIn(text, node));
  sizes.set(node, size);
  return size;
}

/** Bytes are asked for less often, and take longest to count. */
class SizeInText implements PolicySize {
  #bytes: number | undefined;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
    readonly dense: number,
  ) {}

  get characters(): number {
    return this.end - this.start;
  }

  get bytes(): number {
    this.#bytes ??= this.characters + beyondAscii(this.text, this.start, this.end);
    return this.#bytes;
  }
}

function sizeOfJson(node: ValueNode): PolicySize {
  const json = JSON.stringify(toJson(node));
  const { length } = json;
  const size = { characters: length, dense: length, bytes: length + beyondAscii(json, 0, length) };
  sizes.set(node, size);
  return size;
}

function denseLength(node: ValueNode): number {
  let length = 0;
  if (node.type === "object")
    for (const { key, value } of node.members)
      length += key.end - key.start + COLON + (value === undefined ? 0 : denseLength(value));
  else if (node.type === "array") for (const item of node.items) length += denseLength(item);
  else return node.end - node.start;
  const { length: parts } = node.type === "object" ? node.members : node.items;
  return BRACKETS + length + Math.max(0, parts - 1);
}

const BRACKETS = 2;
const COLON = 1;

const counted = new WeakMap<ValueNode, number | undefined>();

/** Statements are counted once each: what they hold moves with them. */
function whiteSpaceIn(text: string, node: ValueNode): number {
  let white = 0;
  let at = node.start;
  const members = node.type === "object" ? node.members : [];
  for (const item of members.flatMap(({ value }) => (value?.type === "array" ? value.items : []))) {
    if (!counted.has(item)) counted.set(item, whiteSpace(text, item.start, item.end));
    const inside = counted.get(item);
    const between = whiteSpace(text, at, item.start);
    // Where a string is torn, nobody can tell which half of the text is inside of strings.
    if (inside === undefined || between === undefined) return whiteSpaceOf(text, node.start, node.end).white;
    white += inside + between;
    at = item.end;
  }
  return white + whiteSpaceOf(text, at, node.end).white;
}

/** `undefined` where the text ends inside of a string. */
function whiteSpace(text: string, start: number, end: number): number | undefined {
  const { white, closed } = whiteSpaceOf(text, start, end);
  return closed ? white : undefined;
}

/** Counts outside of strings, which are passed over in one step each. */
function whiteSpaceOf(text: string, start: number, end: number): { white: number; closed: boolean } {
  let white = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32) white++;
    else if (code === QUOTE) {
      at = closingQuote(text, at + 1, end);
      if (at === end) return { white, closed: false };
    }
  }
  return { white, closed: true };
}

function closingQuote(text: string, from: number, end: number): number {
  for (let at = text.indexOf('"', from); at >= 0 && at < end; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return end;
}

/** What UTF-8 needs beyond one byte for each UTF-16 unit. */
function beyondAscii(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) bytes += code > 2047 && !isSurrogate(code) ? 2 : 1;
  }
  return bytes;
}

/** Could it be larger than that at all? Told without looking at the text. */
export function mayExceed({ start, end }: ValueNode, quota: number): boolean {
  // A UTF-16 unit takes three bytes at most.
  return 3 * (end - start) > quota;
}

/** Two units of two bytes each make four: one more than a unit alone has. */
function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}
