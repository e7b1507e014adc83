/** Statements that speak to everyone. Which single entries do is `principal.ts`'s. */
import type { Statement } from "./policy.js";
import { isAnyone } from "./principal.js";

/** Is everyone, signed in or not, all that `Principal` says? */
export function everyone({ principals, elements }: Statement): boolean {
  return principals.length > 0 && principals.every(isAnyone) && elements.NotPrincipal === undefined;
}
