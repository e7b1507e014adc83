/** Writes a value that stands alone as a list, and a list of one as the value alone: AWS reads both alike. */
import { listAt, type Refactor } from "./refactoring.js";

export const stringOrList: Refactor = (context) => {
  const { edits } = context;
  const value = listAt(context);
  if (value?.type === "string") {
    return [
      {
        title: "Turn into a list",
        kind: "refactor.rewrite",
        edits: edits.replaceValue(value, [value.value]),
      },
    ];
  }
  if (value?.type !== "array" || value.items.length !== 1 || edits.hasComment(value)) return [];
  const [only] = value.items;
  if (only?.type !== "string") return [];
  return [
    { title: "Write the item alone", kind: "refactor.rewrite", edits: edits.replaceValue(value, only.value) },
  ];
};
