/**
 * A statement without its name, in a form that what AWS ignores leaves alone: the order of things, the case of actions
 * and condition keys, and whether a single value stands in a list. What patterns cover is not told here.
 */
import type { ValueNode } from "../syntax/tree.js";
import type { Statement } from "./policy.js";
import { STATEMENT_ELEMENTS, type StatementElement } from "./words.js";

type Folding = "keys" | "values" | "nothing";

/** Equal for two statements that say the same. */
export function canonicalStatement(statement: Statement): string {
  const parts: string[] = [];
  for (const name of STATEMENT_ELEMENTS) {
    const value = name === "Sid" ? undefined : statement.elements[name]?.value;
    if (value !== undefined) parts.push(`${name}:${written(value, foldingOf(name))}`);
  }
  return parts.join("\n");
}

function foldingOf(name: StatementElement): Folding {
  if (name === "Action" || name === "NotAction") return "values";
  return name === "Condition" ? "keys" : "nothing";
}

function written(value: ValueNode, folding: Folding): string {
  switch (value.type) {
    case "array":
      return `[${[...new Set(value.items.map((item) => scalar(item, folding)))].sort().join()}]`;
    case "object": {
      const members = value.members.map(({ key, value: below }) => {
        const name = folding === "keys" ? key.value.toLowerCase() : key.value;
        return `${JSON.stringify(name)}:${below === undefined ? "" : written(below, folding)}`;
      });
      return `{${members.sort().join()}}`;
    }
    default:
      // A list may be written as its only item.
      return `[${scalar(value, folding)}]`;
  }
}

function scalar(value: ValueNode, folding: Folding): string {
  if (value.type === "string")
    return JSON.stringify(folding === "values" ? value.value.toLowerCase() : value.value);
  // A number or Boolean in a condition is compared as text.
  if (value.type === "number" || value.type === "boolean") return JSON.stringify(String(value.value));
  return value.type === "null" || value.type === "invalid" ? value.type : written(value, folding);
}
