/** What a misspelt name of an element was meant to be, so that one slip is one problem. Other keys are not its business. */

import { nearest } from "../policy/nearest.js";
import type { Statement } from "../policy/policy.js";
import { STATEMENT_ELEMENTS, type StatementElement } from "../policy/words.js";

const NAMES: ReadonlySet<string> = new Set(STATEMENT_ELEMENTS);

/** Is the element absent, and no other member near enough to be a slip for it? */
export function isMissing(statement: Statement, ...names: readonly StatementElement[]): boolean {
  if (names.some((name) => statement.elements[name] !== undefined)) return false;
  return !statement.node.members.some(
    ({ key }) =>
      !NAMES.has(key.value) && names.some((name) => name === nearest(key.value, STATEMENT_ELEMENTS)),
  );
}
