/** An entry of `Action` or `NotAction`: a service prefix and an action name, either with wildcards. */
import type { Span } from "../syntax/span.js";
import type { StringNode } from "../syntax/tree.js";
import { Asked, questionsAbout } from "./answered.js";
import { serviceBits } from "./service-bits.js";
import { coversPattern, hasWildcard } from "./wildcard.js";

/** What the text of an entry says, wherever it stands: equal texts share one. What is asked most is told at once. */
export class ActionWords extends Asked {
  /** Lower case, to compare: AWS ignores the case of actions. */
  readonly folded: string;
  /** The lower-case service prefix; empty where there is no colon, as in `*`. */
  readonly service: string;
  /** The name behind the colon, as written. */
  readonly name: string;
  readonly wildcard: boolean;
  /** The services that it may be of, as in `service-bits.ts`. */
  readonly services: number;
  /** Does a policy variable or something like it stand in it? */
  readonly variable: boolean;
  /** The same for entries that differ in case alone; of others nearly always another one. */
  readonly checksum: number;

  constructor(
    /** As written. */
    readonly value: string,
  ) {
    super();
    const colon = value.indexOf(":");
    this.folded = value.toLowerCase();
    this.service = colon < 0 ? "" : value.slice(0, colon).toLowerCase();
    this.name = colon < 0 ? value : value.slice(colon + 1);
    this.wildcard = hasWildcard(value);
    this.services = serviceBits(this.service);
    this.variable = value.includes("${");
    this.checksum = checksumOf(this.folded);
  }
}

export const ofWords = questionsAbout<ActionWords>();

export interface ActionPattern
  extends Pick<ActionWords, "value" | "folded" | "service" | "name" | "wildcard">,
    Span {
  readonly node: StringNode;
  readonly words: ActionWords;
}

/** The same few thousand entries come again and again, and equal texts are told apart fastest when they are one. */
const REMEMBERED = 50_000;
const known = new Map<string, ActionWords>();

export function readActionPattern(node: StringNode): ActionPattern {
  let words = known.get(node.value);
  if (words === undefined) {
    words = new ActionWords(node.value);
    if (known.size >= REMEMBERED) known.clear();
    known.set(node.value, words);
  }
  return new Entry(node, words);
}

/** A class, because there are tens of thousands: each holds no more than its place and what it shares. */
class Entry implements ActionPattern {
  constructor(
    readonly node: StringNode,
    readonly words: ActionWords,
  ) {}

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }

  get value(): string {
    return this.words.value;
  }

  get folded(): string {
    return this.words.folded;
  }

  get service(): string {
    return this.words.service;
  }

  get name(): string {
    return this.words.name;
  }

  get wildcard(): boolean {
    return this.words.wildcard;
  }
}

export function checksumOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  return sum;
}

/** Does `wide` match every action that `narrow` matches, and is it written differently? */
export function strictlyCovers(wide: ActionPattern, narrow: ActionPattern): boolean {
  if (!wide.wildcard || wide.folded === narrow.folded) return false;
  if (wide.service !== narrow.service && !hasWildcard(wide.service) && wide.service !== "") return false;
  return coversPattern(wide.folded, narrow.folded);
}
