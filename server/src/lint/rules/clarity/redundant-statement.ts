import type { Policy, Statement } from "../../../policy/policy.js";
import { STATEMENT_ELEMENTS } from "../../../policy/words.js";
import type { ValueNode } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const redundantStatement = defineRule({
  name: "redundant-statement",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "Two statements say the same",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_STATEMENT",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html",
  ],

  policy(policy, { report, edits }) {
    for (const group of alike(policy)) {
      const seen = new Map<string, Statement>();
      for (const statement of group) {
        const meaning = canonical(statement);
        const first = seen.get(meaning);
        if (first === undefined) {
          seen.set(meaning, statement);
          continue;
        }
        const name = first.sid === undefined ? "an earlier one" : `\`${first.sid.value}\``;
        report({
          at: statement,
          message: `The statement says the same as ${name}.`,
          related: [{ at: first, message: "The same statement." }],
          fix: { title: "Remove the statement", edits: edits.removeItem(statement.node) },
        });
      }
    }
  },
});

/** Groups of statements that could be equal: as many parts of the same length, in whatever order. */
function alike({ statements }: Policy): readonly (readonly Statement[])[] {
  if (statements.length < 2) return [];
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const { actions, notActions, resources, notResources, conditions, effect } = statement;
    if (effect === undefined || actions.length + notActions.length === 0) continue;
    let size = 0;
    for (const { value } of actions) size += value.length;
    for (const { value } of resources) size += value.length;
    const signature = `${effect.value}|${actions.length}|${notActions.length}|${resources.length}|${notResources.length}|${conditions.length}|${size}`;
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, [statement]);
    else group.push(statement);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The statement without its name, in a form that order, lists of one and the case of names leave alone. */
function canonical(statement: Statement): string {
  const parts: string[] = [];
  for (const name of STATEMENT_ELEMENTS) {
    const value = name === "Sid" ? undefined : statement.element(name)?.value;
    if (value === undefined) continue;
    const folding =
      name === "Action" || name === "NotAction" ? "values" : name === "Condition" ? "keys" : "nothing";
    parts.push(`${name}:${written(value, folding)}`);
  }
  return parts.join("\n");
}

function written(value: ValueNode, folding: "keys" | "values" | "nothing"): string {
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

function scalar(value: ValueNode, folding: "keys" | "values" | "nothing"): string {
  if (value.type === "string")
    return JSON.stringify(folding === "values" ? value.value.toLowerCase() : value.value);
  // A number or Boolean in a condition is compared as text.
  if (value.type === "number" || value.type === "boolean") return JSON.stringify(String(value.value));
  return value.type === "null" || value.type === "invalid" ? value.type : written(value, folding);
}
