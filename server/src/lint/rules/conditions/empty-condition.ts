import { defineRule } from "../../rule.js";

export const emptyCondition = defineRule({
  name: "empty-condition",
  group: "conditions",
  severity: "hint",
  since: "0.1.0",
  summary: "A condition says nothing",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "EMPTY_OBJECT_CONDITION",
  absence: true,
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-object-condition",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
  ],

  statement({ elements }, { report, edits }) {
    const condition = elements.Condition;
    const value = condition?.value;
    if (condition === undefined || value?.type !== "object") return;
    if (value.members.length === 0) {
      const fix = { title: "Remove `Condition`", edits: edits.removeMember(condition) };
      report({ at: value, message: "`Condition` is empty: the statement applies without one.", fix });
    }
    for (const block of value.members) {
      if (block.value?.type !== "object" || block.value.members.length > 0) continue;
      const leaving = value.members.length === 1 ? condition : block;
      report({
        at: block.value,
        message: `\`${block.key.value}\` compares nothing.`,
        fix: { title: `Remove \`${leaving.key.value}\``, edits: edits.removeMember(leaving) },
      });
    }
  },
});
