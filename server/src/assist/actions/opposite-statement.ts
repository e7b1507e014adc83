/** Drafts a statement that does the opposite for the same requests: a guard rail to narrow down, or an exception. */
import { ALLOW, DENY } from "../../policy/words.js";
import type { Json } from "../../syntax/edits.js";
import { toJson } from "../../syntax/to-json.js";
import type { Refactor } from "./refactoring.js";

export const oppositeStatement: Refactor = ({ statement, edits }) => {
  const effect = statement.effect?.value;
  if (effect !== ALLOW && effect !== DENY) return [];
  const opposite = effect === ALLOW ? DENY : ALLOW;
  const draft: Record<string, Json> = {};
  for (const { key, value } of statement.node.members) {
    const folded = key.value.toLowerCase();
    if (folded === "sid" || value === undefined) continue;
    draft[key.value] = folded === "effect" ? opposite : toJson(value);
  }
  return [
    {
      title: `Draft the opposite: ${opposite} the same`,
      kind: "refactor.extract",
      edits: edits.insertAfter(statement.node, draft),
    },
  ];
};
