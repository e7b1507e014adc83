import { holdsWithStar, loneStar } from "../../lone-star.js";
import { defineRule } from "../../rule.js";

export const unreachableWildcardCondition = defineRule({
  name: "unreachable-wildcard-condition",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "Excluding `*` makes a condition that never holds",
  fix: "none",
  accessAnalyzer: "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
  about: { condition: (operator) => holdsWithStar(operator) === "never" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement-due-to-wildcard-in-condition",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  condition(condition, _statement, { report }) {
    const star = loneStar(condition);
    if (star === undefined) return;
    const { operator, key } = condition;
    report({
      at: star,
      message: `\`${operator.value}\` with \`*\` never holds, whatever \`${key.value}\` is.`,
    });
  },
});
