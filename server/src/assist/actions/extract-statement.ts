/** Gives the selected actions a statement of their own, alike in everything else. Nothing is decided differently. */
import type { Json } from "../../syntax/edits.js";
import { toJson } from "../../syntax/to-json.js";
import { type Refactor, selectedActions } from "./refactoring.js";

export const extractStatement: Refactor = (context) => {
  const { statement, edits } = context;
  const found = selectedActions(context);
  if (found === undefined || found.all !== statement.actions) return [];
  const { all, selected } = found;
  if (selected.length === all.length) return [];
  const values = selected.map(({ value }) => value);
  const extracted: Record<string, Json> = {};
  for (const { key, value } of statement.node.members) {
    const folded = key.value.toLowerCase();
    // A second statement with the same Sid would be an error.
    if (folded === "sid" || value === undefined) continue;
    extracted[key.value] =
      folded !== "action" ? toJson(value) : values.length === 1 ? (values[0] ?? "") : values;
  }
  const what = selected.length === 1 ? `\`${values[0]}\`` : `these ${selected.length} actions`;
  return [
    {
      title: `Move ${what} to a statement of ${selected.length === 1 ? "its" : "their"} own`,
      kind: "refactor.extract",
      edits: [
        ...edits.removeItems(selected.map(({ node }) => node)),
        ...edits.insertAfter(statement.node, extracted),
      ],
    },
  ];
};
