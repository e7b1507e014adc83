import { NULL } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { holdsWithStar, loneStar } from "../../lone-star.js";
import { defineRule } from "../../rule.js";

export const wildcardForAbsentKey = defineRule({
  name: "wildcard-for-absent-key",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "Excluding `*` only asks whether the condition key is absent",
  fix: "suggestion",
  accessAnalyzer: "EQUIVALENT_TO_NULL_TRUE",
  about: { condition: (operator) => holdsWithStar(operator) === "absent" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-equivalent-to-null-true",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  condition(condition, statement, { report, edits }) {
    const star = loneStar(condition);
    if (star === undefined) return;
    const { operator, key } = condition;
    report({
      at: star,
      message: `\`${operator.value}\` with \`*\` holds wherever the request lacks \`${key.value}\`.`,
      fix: {
        title: `Use \`${NULL}\``,
        edits: underOperator(condition, statement, NULL, edits, "true"),
      },
    });
  },
});
