import { hasNoValues } from "../../../policy/condition.js";
import { isNegated, NULL } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const emptyForAllValues = defineRule({
  name: "empty-for-all-values",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "`ForAllValues` compares with no values",
  fix: "suggestion",
  accessAnalyzer: "EMPTY_ARRAY_CONDITION_FORALLVALUES",
  about: { condition: ({ qualifier }) => qualifier === "ForAllValues" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-condition-forallvalues",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key, member } = condition;
    if (!hasNoValues(condition)) return;
    // Every value is unlike all values of an empty list, so a negated comparison holds in any case.
    const negated = isNegated(operator);
    const when = negated ? "always holds" : `holds only where the request lacks \`${key.value}\``;
    report({
      at: member.value ?? key,
      message: `\`ForAllValues\` with no values ${when}.`,
      fix: negated
        ? undefined
        : { title: `Use \`${NULL}\``, edits: underOperator(condition, statement, NULL, edits, "true") },
    });
  },
});
