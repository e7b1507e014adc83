/** Writes one wildcard in the place of several actions, and says how much more it takes in. */
import type { ActionPattern } from "../../policy/action-pattern.js";
import { hasWildcard } from "../../policy/wildcard.js";
import { type Refactor, type SelectedActions, selectedActions } from "./refactoring.js";

export const collapseActions: Refactor = (context) => {
  const found = selectedActions(context);
  const group = found && groupOf(found);
  const pattern = group && patternFor(group);
  if (group === undefined || pattern === undefined) return [];
  const { catalogue, edits } = context;
  const covered = new Set(group.flatMap(({ value }) => catalogue.expand(value)));
  const more = catalogue.expand(pattern).filter((it) => !covered.has(it)).length;
  const [first, ...others] = group;
  if (first === undefined || first.node.parent?.type !== "array") return [];
  return [
    {
      title: `Collapse ${group.length} actions into \`${pattern}\`${more === 0 ? "" : `, which matches ${more} more`}`,
      kind: "refactor.rewrite",
      edits: [...edits.setText(first.node, pattern), ...edits.removeItems(others.map(({ node }) => node))],
    },
  ];
};

/** What is selected, or all actions that begin like the one that the cursor is in. */
function groupOf({ all, selected }: SelectedActions): readonly ActionPattern[] | undefined {
  const [first] = selected;
  if (first === undefined || hasWildcard(first.service) || first.service === "") return undefined;
  const of = (from: readonly ActionPattern[]) => from.filter(({ service }) => service === first.service);
  const verb = verbOf(first.name);
  const group = selected.length > 1 ? of(selected) : of(all).filter(({ name }) => verbOf(name) === verb);
  const whole = selected.length === 1 || group.length === selected.length;
  return whole && group.length > 1 ? group : undefined;
}

function patternFor(group: readonly ActionPattern[]): string | undefined {
  const [first, ...others] = group.map(({ name }) => /^[^*?]*/.exec(name)?.[0] ?? "");
  if (first === undefined) return undefined;
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--;
  }
  // Only whole words: `GetObject` and `GetObjectAcl` share `GetObject`, `Get` and `Generate` nothing.
  while (length > 0 && group.some(({ name }) => /[a-z0-9]/.test(name[length] ?? ""))) length--;
  return `${group[0]?.value.split(":", 1)[0]}:${first.slice(0, length)}*`;
}

function verbOf(name: string): string {
  return /^[A-Z][a-z]*/.exec(name)?.[0] ?? name;
}
