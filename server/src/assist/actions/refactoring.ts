/** What a refactoring is: a change that somebody asks for, where nothing need be wrong. Fixes of findings are lint's. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { ActionPattern } from "../../policy/action-pattern.js";
import type { Policy, Statement } from "../../policy/policy.js";
import type { PolicyKind } from "../../policy/words.js";
import type { Edits } from "../../syntax/edits.js";
import { contains, type Edit, overlaps, type Span } from "../../syntax/span.js";
import type { ValueNode } from "../../syntax/tree.js";

export interface Refactoring {
  /** In the imperative. */
  readonly title: string;
  /** As LSP sorts them. */
  readonly kind: "refactor.rewrite" | "refactor.extract" | "refactor.inline";
  readonly edits: readonly Edit[];
}

/** What refactorings look at: the statement in which something is selected. */
export interface RefactoringContext {
  readonly policy: Policy;
  readonly kind: PolicyKind;
  readonly statement: Statement;
  readonly selection: Span;
  readonly catalogue: Catalogue;
  /** Values for placeholders, from the configuration. */
  readonly variables: Readonly<Record<string, string>>;
  readonly edits: Edits;
}

/** A family of refactorings: those that can be done here. */
export type Refactor = (context: RefactoringContext) => readonly Refactoring[];

/** The list of actions in which something is selected, and what is selected of it. */
export interface SelectedActions {
  readonly all: readonly ActionPattern[];
  readonly selected: readonly ActionPattern[];
}

export function selectedActions({ statement, selection }: RefactoringContext): SelectedActions | undefined {
  for (const all of [statement.actions, statement.notActions]) {
    const selected = all.filter((it) => overlaps(it, selection));
    if (selected.length > 0) return { all, selected };
  }
  return undefined;
}

/** The value that may be written alone or as a list in which something is selected, or whose name is. */
export function listAt({ statement, selection }: RefactoringContext): ValueNode | undefined {
  return listsIn(statement).find(
    (it) => contains(it, selection) || (it.parent?.type === "member" && contains(it.parent.key, selection)),
  );
}

function listsIn({ elements, conditions }: Statement): readonly ValueNode[] {
  const values: (ValueNode | undefined)[] = [];
  for (const name of ["Action", "NotAction", "Resource", "NotResource"] as const)
    values.push(elements[name]?.value);
  for (const name of ["Principal", "NotPrincipal"] as const) {
    const value = elements[name]?.value;
    if (value?.type === "object") values.push(...value.members.map((it) => it.value));
  }
  values.push(...conditions.map(({ member }) => member.value));
  return values.filter((it) => it !== undefined);
}
