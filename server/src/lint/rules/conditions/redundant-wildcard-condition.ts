import { removeCondition } from "../../condition-edits.js";
import { holdsWithStar, loneStar } from "../../lone-star.js";
import { defineRule } from "../../rule.js";

export const redundantWildcardCondition = defineRule({
  name: "redundant-wildcard-condition",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A value of `*` makes a condition that always holds",
  fix: "suggestion",
  accessAnalyzer: "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
  about: { condition: (operator) => holdsWithStar(operator) === "always" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-key-due-to-wildcard-in-condition",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  condition(condition, _statement, { report, edits }) {
    const star = loneStar(condition);
    if (star === undefined) return;
    const { operator, key } = condition;
    report({
      at: star,
      message: `\`${operator.value}\` with \`*\` always holds, whatever \`${key.value}\` is.`,
      fix: { title: `Remove \`${key.value}\``, edits: removeCondition(condition, edits) },
    });
  },
});
