import { findVariables, isEscapeVariable } from "../../../policy/variable.js";
import { defineRule } from "../../rule.js";

export const unsupportedConditionVariable = defineRule({
  name: "unsupported-condition-variable",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A policy variable stands in a value that is neither compared as text nor as ARN",
  fix: "none",
  accessAnalyzer: "INVALID_VARIABLE_FOR_OPERATOR",
  about: { condition: ({ family }) => family !== undefined && family !== "String" && family !== "Arn" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-variable-for-operator",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  ],

  condition({ operator, values }, _statement, { report }) {
    for (const node of values) {
      if (node.type !== "string" || !node.value.includes("${")) continue;
      const variable = findVariables(node.value).find((it) => !isEscapeVariable(it));
      if (variable === undefined) continue;
      report({
        at: node,
        message: `\`${operator.value}\` does not fill \`${node.value.slice(variable.start, variable.end)}\`: variables work with string and ARN operators.`,
      });
    }
  },
});
