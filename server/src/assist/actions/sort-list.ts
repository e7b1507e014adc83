/** Puts the entries of a list in order and takes out those that say the same twice. */
import type { StringNode } from "../../syntax/tree.js";
import { listAt, type Refactor } from "./refactoring.js";

export const sortList: Refactor = (context) => {
  const { statement, edits } = context;
  const list = listAt(context);
  if (list?.type !== "array" || edits.hasComment(list)) return [];
  const items = list.items.filter((it): it is StringNode => it.type === "string");
  if (items.length !== list.items.length || items.length < 2) return [];
  const ofActions = [...statement.actions, ...statement.notActions].some(({ node }) => node === items[0]);
  const key = (text: string) => (ofActions ? text.toLowerCase() : text);
  const distinct = new Map(items.map(({ value }) => [key(value), value]).reverse() as [string, string][]);
  const sorted = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  const staying = items.slice(0, sorted.length);
  const changes = staying.flatMap((item, index) => {
    const value = sorted[index];
    return value === undefined || value === item.value ? [] : edits.setText(item, value);
  });
  const leaving = items.slice(sorted.length);
  if (changes.length === 0 && leaving.length === 0) return [];
  const inOrder = items.every(
    ({ value }, index) => index === 0 || key(items[index - 1]?.value ?? "") <= key(value),
  );
  const title =
    leaving.length === 0
      ? "Sort the list"
      : inOrder
        ? "Remove duplicates"
        : "Sort the list and remove duplicates";
  return [{ title, kind: "refactor.rewrite", edits: [...changes, ...edits.removeItems(leaving)] }];
};
