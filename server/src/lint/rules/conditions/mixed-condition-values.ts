import type { ValueNode } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const mixedConditionValues = defineRule({
  name: "mixed-condition-values",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "The values of a condition key are of several JSON types",
  fix: "safe",
  accessAnalyzer: "INVALID_CONDITION_DATA_TYPE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-data-type",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
  ],

  condition({ key, member, values }, _statement, { report, edits }) {
    if (values.length < 2 || member.value === undefined) return;
    // Objects, lists within lists and `null` are no values at all: `invalid-element-type` reports them.
    const types = new Set(values.map(({ type }) => type).filter((type) => SCALARS.includes(type)));
    if (types.size < 2) return;
    report({
      at: member.value,
      message: `The values of \`${key.value}\` are of several JSON types: ${[...types].join(", ")}.`,
      fix: {
        title: "Write all of them as strings",
        edits: values.flatMap((node) =>
          node.type === "number" || node.type === "boolean"
            ? edits.replaceValue(node, String(node.value))
            : [],
        ),
      },
    });
  },
});

const SCALARS: readonly ValueNode["type"][] = ["string", "number", "boolean"];
