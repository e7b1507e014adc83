import { abbreviate, defineRule } from "../../rule.js";

export const duplicateConditionValue = defineRule({
  name: "duplicate-condition-value",
  group: "conditions",
  severity: "hint",
  since: "0.1.0",
  summary: "A condition lists the same value twice",
  fix: "safe",
  tag: "unnecessary",
  // `multiple-condition-booleans` reports lists of those.
  about: { condition: ({ family }) => family !== "Bool" && family !== "Null" },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html"],

  condition({ values }, _statement, { report, edits }) {
    if (values.length < 2) return;
    const seen = new Set<string>();
    for (const node of values) {
      if (node.type !== "string" && node.type !== "number") continue;
      const value = `${node.type} ${node.value}`;
      if (seen.has(value)) {
        report({
          at: node,
          message: `\`${abbreviate(String(node.value))}\` is in the list already.`,
          fix: { title: "Remove the repetition", edits: edits.removeItem(node) },
        });
      }
      seen.add(value);
    }
  },
});
