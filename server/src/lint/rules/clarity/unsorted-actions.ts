import type { ActionPattern } from "../../../policy/action-pattern.js";
import { listOf, type Statement } from "../../../policy/policy.js";
import { defineRule, type RuleContext } from "../../rule.js";

export const unsortedActions = defineRule({
  name: "unsorted-actions",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "Actions are not in alphabetical order",
  fix: "safe",
  presets: ["strict"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"],

  statement(statement, context) {
    check(statement, "Action", statement.actions, context);
    check(statement, "NotAction", statement.notActions, context);
  },
});

function check(
  { elements }: Statement,
  name: "Action" | "NotAction",
  actions: readonly ActionPattern[],
  { report, edits, text }: RuleContext,
): void {
  const list = listOf(elements[name]);
  if (list === undefined || list.items.length !== actions.length) return;
  const first = actions.find((action, index) => action.folded < (actions[index - 1]?.folded ?? ""));
  if (first === undefined) return;
  const sorted = [...actions].sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0));
  const changes = actions.flatMap(({ node }, index) => {
    const value = sorted[index]?.value;
    return value === undefined || value === node.value ? [] : edits.setText(node, value);
  });
  report({
    at: first,
    message: `\`${first.value}\` comes before the action in front of it.`,
    // Comments belong to the line that they stand on, and would stay there.
    fix: hasComment(text.slice(list.start, list.end))
      ? undefined
      : { title: "Sort the actions", edits: changes },
  });
}

function hasComment(text: string): boolean {
  return text.includes("/");
}
