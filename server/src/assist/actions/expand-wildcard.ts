/** Writes out what a wildcard matches today. */
import { hasWildcard } from "../../policy/wildcard.js";
import type { Refactor } from "./refactoring.js";
import { selectedActions } from "./refactoring.js";

/** More would make a statement that nobody reads; the largest quota is full before. */
const MOST = 300;

export const expandWildcard: Refactor = (context) => {
  const found = selectedActions(context);
  const [pattern] = found?.selected ?? [];
  if (found === undefined || pattern === undefined || !pattern.wildcard || hasWildcard(pattern.service))
    return [];
  const listed = new Set(found.all.filter(({ wildcard }) => !wildcard).map(({ folded }) => folded));
  const matched = context.catalogue.expand(pattern.value).map(({ fullName }) => fullName);
  if (matched.length === 0 || matched.length > MOST) return [];
  const names = matched.filter((name) => !listed.has(name.toLowerCase())).sort();
  const count = matched.length === 1 ? "the one action" : `the ${matched.length} actions`;
  return [
    {
      title: `Write out ${count} of \`${pattern.value}\``,
      kind: "refactor.inline",
      edits:
        names.length === 0
          ? context.edits.removeItem(pattern.node)
          : context.edits.replaceItem(pattern.node, names),
    },
  ];
};
