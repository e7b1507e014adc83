/** The services of actions as sets of 32 bits: two without a bit in common have no service in common. */
import { type ActionWords, ofWords } from "./action-pattern.js";
import { ofStatement } from "./policy.js";
import { hasWildcard } from "./wildcard.js";

/** Of a statement that names no actions: all. */
export const servicesOf = ofStatement.answered(({ actions }) =>
  actions.length === 0 ? ANY : actions.reduce((bits, { words }) => bits | serviceOf(words), 0),
);

export const serviceOf = ofWords.answered(({ service }: ActionWords) => serviceBit(service));

/** In lower case; a pattern may be any service. */
export function serviceBit(service: string): number {
  if (service === "" || hasWildcard(service)) return ANY;
  let hash = 0;
  for (let i = 0; i < service.length; i++) hash = (hash * 31 + service.charCodeAt(i)) | 0;
  return 1 << (hash & 31);
}

const ANY = -1;
