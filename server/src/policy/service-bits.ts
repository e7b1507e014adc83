/** The services of actions as sets of 32 bits: two without a bit in common have no service in common. */
import { hasWildcard } from "./wildcard.js";

/** In lower case; a pattern may be any service. */
export function serviceBits(service: string): number {
  if (service === "" || hasWildcard(service)) return ANY_SERVICE;
  let hash = 0;
  for (let i = 0; i < service.length; i++) hash = (hash * 31 + service.charCodeAt(i)) | 0;
  return 1 << (hash & 31);
}

export const ANY_SERVICE = -1;
