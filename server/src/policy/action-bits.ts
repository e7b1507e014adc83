/**
 * Which actions a statement could take in, as sets of 32 bits: a look at them tells nearly every action that it does not.
 */
import type { ActionWords } from "./action-pattern.js";
import { ofStatement } from "./policy.js";
import { ANY_SERVICE } from "./service-bits.js";

export interface ActionBits {
  /** The services of its patterns. */
  readonly services: number;
  /** The actions that it names in full. */
  readonly names: number;
}

/** A statement that names no actions could take in all. */
export const actionBitsOf = ofStatement.answered(({ actions }): ActionBits => {
  let services = actions.length === 0 ? ANY_SERVICE : 0;
  let names = 0;
  for (const { words } of actions) {
    if (words.wildcard) services |= words.services;
    else names |= nameOf(words);
  }
  return { services, names };
});

/** The services of all its actions; of a statement that names none: all. */
export const servicesOf = ofStatement.answered(({ actions }) => {
  if (actions.length === 0) return ANY_SERVICE;
  let services = 0;
  for (const { words } of actions) services |= words.services;
  return services;
});

/** Those of one action. */
export function bitsOf(words: ActionWords): ActionBits {
  return { services: words.services, names: nameOf(words) };
}

/** `false` where no entry is the same as that action or a broader one. */
export function mayTakeIn(some: ActionBits, action: ActionBits): boolean {
  return (some.services & action.services) !== 0 || (some.names & action.names) !== 0;
}

function nameOf({ checksum }: ActionWords): number {
  return 1 << (checksum & 31);
}
