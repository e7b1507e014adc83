import { isIntrinsic } from "../../../policy/intrinsic.js";
import { defineRule } from "../../rule.js";

export const invalidConditionValueType = defineRule({
  name: "invalid-condition-value-type",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "The values of a condition key are of several JSON types, or of one that no value has",
  fix: "safe",
  accessAnalyzer: "INVALID_CONDITION_DATA_TYPE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-data-type",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
  ],

  condition({ key, member, values }, _statement, { report, edits, text }) {
    const types = new Set<string>();
    for (const node of values) {
      if (node.type === "object" || node.type === "array" || node.type === "null") {
        if (isIntrinsic(node)) continue;
        report({ at: node, message: `${NAMES[node.type]} is no value for a condition.` });
      } else if (node.type !== "invalid") types.add(node.type);
    }
    if (types.size < 2 || member.value === undefined) return;
    const unlike = values.filter(({ type }) => type === "number" || type === "boolean");
    report({
      at: member.value,
      message: `The values of \`${key.value}\` are of several JSON types: ${[...types].join(", ")}.`,
      fix: {
        title: "Write all of them as strings",
        edits: unlike.flatMap((node) => edits.replaceValue(node, text.slice(node.start, node.end))),
      },
    });
  },
});

const NAMES = { object: "An object", array: "A list within a list", null: "`null`" } as const;
