import { hasNoValues } from "../../../policy/condition.js";
import { isNegated } from "../../../policy/condition-types.js";
import { defineRule } from "../../rule.js";

export const emptyForAnyValue = defineRule({
  name: "empty-for-any-value",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "`ForAnyValue` compares with no values",
  fix: "none",
  accessAnalyzer: "EMPTY_ARRAY_CONDITION_FORANYVALUE",
  about: { condition: ({ qualifier }) => qualifier === "ForAnyValue" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition-foranyvalue",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, _statement, { report }) {
    const { operator, key, member } = condition;
    if (!hasNoValues(condition)) return;
    // Any value is unlike all values of an empty list.
    const when = isNegated(operator) ? "holds for any value of" : "never holds for";
    report({ at: member.value ?? key, message: `\`ForAnyValue\` with no values ${when} \`${key.value}\`.` });
  },
});
