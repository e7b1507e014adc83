import type { ConditionKeyType } from "../../../catalogue/catalogue.js";
import { operatorForType, takesKeyType } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const mismatchedOperator = defineRule({
  name: "mismatched-operator",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "An operator compares another type of value than its condition key has",
  fix: "suggestion",
  accessAnalyzer: "TYPE_MISMATCH",
  about: {
    condition: ({ family }, key, catalogue) => {
      const known = catalogue.conditionKey(key);
      return family !== undefined && known !== undefined && !takesKeyType(family, known.type);
    },
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  condition(condition, statement, { report, edits, catalogue }) {
    const { operator, key } = condition;
    const known = catalogue.conditionKey(key.value);
    if (known === undefined) return;
    // The one key that holds a moment both as a date and as a number.
    if (known.key === "aws:EpochTime" && operator.family === "Numeric") return;
    const other = operatorForType(operator, known.type);
    report({
      at: key,
      message: `\`${key.value}\` is ${TYPE_NAMES[known.type]}, which \`${operator.value}\` does not compare.`,
      fix:
        other === undefined
          ? undefined
          : { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
    });
  },
});

const TYPE_NAMES: Readonly<Record<ConditionKeyType, string>> = {
  String: "a text",
  ARN: "an ARN",
  Bool: "a Boolean value",
  Date: "a date",
  Numeric: "a number",
  IPAddress: "an IP address",
  Binary: "binary",
};
