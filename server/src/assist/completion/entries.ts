/** The other entries of the list of actions that the cursor is in. */
import type { ActionPattern } from "../../policy/action-pattern.js";
import { coversPattern, matchesPattern } from "../../policy/wildcard.js";
import type { StringNode } from "../../syntax/tree.js";
import type { Scope } from "./scope.js";

/** The entries of the same list. */
export function entriesBeside({ statement, cursor }: Scope): readonly ActionPattern[] {
  if (statement === undefined) return [];
  const list = statement.notActions.some(({ node }) => node === cursor.node)
    ? statement.notActions
    : statement.actions;
  return list.filter(({ node }) => node !== (cursor.node as StringNode));
}

/** Does an entry of the list match the name already? */
export function grantedBeside(scope: Scope): (name: string) => boolean {
  const entries = entriesBeside(scope);
  const exact = new Set(entries.map(({ folded }) => folded));
  const wide = entries.filter(({ wildcard }) => wildcard);
  return (name) => {
    const folded = name.toLowerCase();
    return (
      exact.has(folded) ||
      wide.some((it) =>
        folded.includes("*") ? coversPattern(it.folded, folded) : matchesPattern(it.folded, folded),
      )
    );
  };
}
