import { operatorForType } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const stringLikeForArn = defineRule({
  name: "string-like-for-arn",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "`StringLike` compares an ARN, where a star reaches across its parts",
  fix: "suggestion",
  accessAnalyzer: "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
  about: {
    condition: ({ base }, key, catalogue) =>
      (base === "StringLike" || base === "StringNotLike") && catalogue.conditionKey(key)?.type === "ARN",
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-string-like-operator-with-arn-condition-keys",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key } = condition;
    const other = operatorForType(operator, "ARN");
    report({
      at: key,
      message: `\`${key.value}\` is an ARN: a \`*\` under \`${operator.value}\` also reaches across its colons.`,
      fix:
        other === undefined
          ? undefined
          : { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
    });
  },
});
