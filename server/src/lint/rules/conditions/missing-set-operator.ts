import { writeOperator } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const missingSetOperator = defineRule({
  name: "missing-set-operator",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition key with several values is compared without `ForAllValues` or `ForAnyValue`",
  fix: "suggestion",
  accessAnalyzer: "MISSING_QUALIFIER",
  about: {
    condition: ({ qualifier, family }, key, catalogue) =>
      qualifier === undefined &&
      family !== undefined &&
      family !== "Null" &&
      catalogue.conditionKey(key)?.multivalued === true,
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-qualifier",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key } = condition;
    report({
      at: key,
      message: `\`${key.value}\` can have several values, which \`${operator.value}\` alone does not compare.`,
      fix: QUALIFIERS.map((qualifier) => {
        const other = writeOperator({ ...operator, qualifier });
        return { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) };
      }),
    });
  },
});

const QUALIFIERS = ["ForAnyValue", "ForAllValues"] as const;
