/** Makes one statement of two that follow each other. Where that takes in more than both did, the title says so. */
import type { Statement } from "../../policy/policy.js";
import { DENY, STATEMENT_ELEMENTS } from "../../policy/words.js";
import type { Edits } from "../../syntax/edits.js";
import type { Edit } from "../../syntax/span.js";
import { toJson } from "../../syntax/to-json.js";
import { itemsOf } from "../../syntax/tree.js";
import type { Refactor } from "./refactoring.js";

export const mergeStatement: Refactor = ({ policy, statement, edits }) => {
  // One that a template chooses is none of the list.
  const at = policy.statements.indexOf(statement);
  const next = at < 0 ? undefined : policy.statements[at + 1];
  if (next === undefined || next.node.parent?.type !== "array" || edits.hasComment(next.node)) return [];
  const differing = STATEMENT_ELEMENTS.filter(
    (name) => name !== "Sid" && textOf(statement, name) !== textOf(next, name),
  );
  if (!differing.every((name) => MERGED.some((it) => it === name))) return [];
  const changes = differing.map((name) => added(statement, next, name, edits));
  if (changes.some((it) => it === undefined)) return [];
  const more = statement.effect?.value === DENY ? "denies" : "allows";
  const warning = differing.length > 1 ? `, which ${more} more than both` : "";
  return [
    {
      title: `Merge with the next statement${warning}`,
      kind: "refactor.inline",
      edits: [...changes.flatMap((it) => it ?? []), ...edits.removeItem(next.node)],
    },
  ];
};

type Element = (typeof STATEMENT_ELEMENTS)[number];

/** Of these, two lists together take in what both do; of `NotAction` they would take in less. */
const MERGED: readonly Element[] = ["Action", "Resource"];

function textOf({ elements }: Statement, name: Element): string {
  const value = elements[name]?.value;
  return value === undefined ? "" : JSON.stringify(value.type === "string" ? [value.value] : toJson(value));
}

/** Puts behind the entries of one statement those of the other; `undefined` where one has something else than text. */
function added(into: Statement, from: Statement, name: Element, edits: Edits): readonly Edit[] | undefined {
  const own = itemsOf(into.elements[name]?.value);
  const others = itemsOf(from.elements[name]?.value);
  const last = own.at(-1);
  const texts = [...own, ...others].map((it) => (it.type === "string" ? it.value : undefined));
  if (last?.type !== "string" || others.length === 0 || texts.includes(undefined)) return undefined;
  const known = new Set(texts.slice(0, own.length));
  const fresh = [...new Set(texts.slice(own.length))].filter((it) => it !== undefined && !known.has(it));
  return edits.replaceItem(last, [last.value, ...fresh.filter((it) => it !== undefined)]);
}
