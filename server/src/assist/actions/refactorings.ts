/** All refactorings that can be done where something is selected. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { everyStatement, type Policy } from "../../policy/policy.js";
import type { PolicyKind } from "../../policy/words.js";
import { type Edits, isDoable } from "../../syntax/edits.js";
import { overlaps, type Span } from "../../syntax/span.js";
import { addConditions } from "./add-condition.js";
import { collapseActions } from "./collapse-actions.js";
import { expandWildcard } from "./expand-wildcard.js";
import { extractStatement } from "./extract-statement.js";
import { mergeStatement } from "./merge-statement.js";
import { oppositeStatement } from "./opposite-statement.js";
import type { Refactor, Refactoring } from "./refactoring.js";
import { sortList } from "./sort-list.js";
import { stringOrList } from "./string-or-list.js";

/** In the order in which they are offered. */
const ALL: readonly Refactor[] = [
  expandWildcard,
  collapseActions,
  sortList,
  stringOrList,
  extractStatement,
  mergeStatement,
  addConditions,
  oppositeStatement,
];

export interface RefactoringScene {
  readonly policies: readonly { readonly policy: Policy; readonly kind: PolicyKind }[];
  readonly catalogue: Catalogue;
  readonly variables: Readonly<Record<string, string>>;
  readonly edits: Edits;
}

/** Of several statements that are selected, the first is meant. */
export function refactoringsAt(selection: Span, scene: RefactoringScene): readonly Refactoring[] {
  const { catalogue, variables, edits } = scene;
  for (const { policy, kind } of scene.policies) {
    const statement = everyStatement(policy).find((it) => overlaps(it, selection));
    if (statement === undefined) continue;
    const context = { policy, kind, statement, selection, catalogue, variables, edits };
    return ALL.flatMap((refactor) => refactor(context)).filter(({ edits: made }) => isDoable(made));
  }
  return [];
}
