/** `Action` and `NotAction`: AWS compares actions without regard to case. Expanding patterns is the catalogue's. */
import type { ActionPattern } from "../policy/action-pattern.js";
import { compileGlob, type TextTest } from "./glob.js";

/** The test takes the action in lower case. */
export function compileActions(patterns: readonly ActionPattern[]): TextTest {
  const exact = new Set<string>();
  const globs: TextTest[] = [];
  for (const { folded, wildcard } of patterns) {
    // Without a colon there is no service to match, unless it is everything.
    if (!folded.includes(":") && !/^\*+$/.test(folded)) continue;
    if (wildcard) globs.push(compileGlob(folded));
    else exact.add(folded);
  }
  return (action) => exact.has(action) || globs.some((matches) => matches(action));
}

/** The first entry that matches, as written. */
export function matchingAction(patterns: readonly ActionPattern[], action: string): string | undefined {
  return patterns.find((pattern) => compileActions([pattern])(action))?.value;
}
