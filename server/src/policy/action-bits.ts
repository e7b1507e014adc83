/**
 * Which actions a statement could take in, as sets of 32 bits: a look at them tells nearly every action that it does not.
 */
import { type ActionWords, checksumOf } from "./action-pattern.js";
import { ofStatement } from "./policy.js";
import { serviceOf } from "./services-of.js";

export interface ActionBits {
  /** The services of its patterns. */
  readonly services: number;
  /** The actions that it names in full. */
  readonly names: number;
}

/** A statement that names no actions could take in all. */
export const actionBitsOf = ofStatement.answered(({ actions }): ActionBits => {
  let services = actions.length === 0 ? -1 : 0;
  let names = 0;
  for (const { words } of actions) {
    if (words.wildcard) services |= serviceOf(words);
    else names |= nameOf(words);
  }
  return { services, names };
});

/** Those of one action. */
export function bitsOf(words: ActionWords): ActionBits {
  return { services: serviceOf(words), names: nameOf(words) };
}

/** `false` where no entry is the same as that action or a broader one. */
export function mayTakeIn(some: ActionBits, action: ActionBits): boolean {
  return (some.services & action.services) !== 0 || (some.names & action.names) !== 0;
}

function nameOf(words: ActionWords): number {
  return 1 << (checksumOf(words) & 31);
}
