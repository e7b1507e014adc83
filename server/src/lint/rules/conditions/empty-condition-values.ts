import { hasNoValues } from "../../../policy/condition.js";
import { defineRule } from "../../rule.js";

export const emptyConditionValues = defineRule({
  name: "empty-condition-values",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A condition key has no values",
  fix: "none",
  accessAnalyzer: "EMPTY_ARRAY_CONDITION",
  about: { condition: ({ qualifier, ifExists }) => qualifier === undefined && !ifExists },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition",
  ],

  condition(condition, _statement, { report }) {
    const { key, member } = condition;
    if (!hasNoValues(condition)) return;
    report({ at: member.value ?? key, message: `\`${key.value}\` is compared with no values.` });
  },
});
