/** An entry of `Action` or `NotAction`: a service prefix and an action name, either with wildcards. */
import type { StringNode } from "../syntax/tree.js";
import { coversPattern, hasWildcard } from "./wildcard.js";

export interface ActionPattern {
  readonly start: number;
  readonly end: number;
  readonly node: StringNode;
  /** As written. */
  readonly value: string;
  /** Lower case, to compare: AWS ignores the case of actions. */
  readonly folded: string;
  /** The lower-case service prefix; empty where there is no colon, as in `*`. */
  readonly service: string;
  /** The name behind the colon, as written. */
  readonly name: string;
  readonly wildcard: boolean;
}

type Words = Pick<ActionPattern, "value" | "folded" | "service" | "name" | "wildcard">;

/** The same few thousand entries come again and again, and equal texts are told apart fastest when they are one. */
const REMEMBERED = 50_000;
const known = new Map<string, Words>();

export function readActionPattern(node: StringNode): ActionPattern {
  let words = known.get(node.value);
  if (words === undefined) {
    words = readWords(node.value);
    if (known.size >= REMEMBERED) known.clear();
    known.set(node.value, words);
  }
  const { value, folded, service, name, wildcard } = words;
  return { start: node.start, end: node.end, node, value, folded, service, name, wildcard };
}

function readWords(value: string): Words {
  const colon = value.indexOf(":");
  return {
    value,
    folded: value.toLowerCase(),
    service: colon < 0 ? "" : value.slice(0, colon).toLowerCase(),
    name: colon < 0 ? value : value.slice(colon + 1),
    wildcard: hasWildcard(value),
  };
}

/** Does `wide` match every action that `narrow` matches, and is it written differently? */
export function strictlyCovers(wide: ActionPattern, narrow: ActionPattern): boolean {
  if (!wide.wildcard || wide.folded === narrow.folded) return false;
  if (wide.service !== narrow.service && !hasWildcard(wide.service) && wide.service !== "") return false;
  return coversPattern(wide.folded, narrow.folded);
}
