import { NULL } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { holdsWithStar, loneStar } from "../../lone-star.js";
import { defineRule } from "../../rule.js";

export const wildcardForPresentKey = defineRule({
  name: "wildcard-for-present-key",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A value of `*` only asks whether the condition key is there",
  fix: "suggestion",
  accessAnalyzer: "EQUIVALENT_TO_NULL_FALSE",
  about: { condition: (operator) => holdsWithStar(operator) === "present" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-equivalent-to-null-false",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  condition(condition, statement, { report, edits }) {
    const star = loneStar(condition);
    if (star === undefined) return;
    const { operator, key } = condition;
    report({
      at: star,
      message: `\`${operator.value}\` with \`*\` holds wherever the request has \`${key.value}\`.`,
      fix: {
        title: `Use \`${NULL}\``,
        edits: underOperator(condition, statement, NULL, edits, "false"),
      },
    });
  },
});
