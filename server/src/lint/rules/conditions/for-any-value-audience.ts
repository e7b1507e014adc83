import { writeOperator } from "../../../policy/condition-types.js";
import { audienceOf } from "../../audience.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const forAnyValueAudience = defineRule({
  name: "for-any-value-audience",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "The audience of a token, which is one, is compared with `ForAnyValue`",
  fix: "suggestion",
  accessAnalyzer: "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
  about: {
    condition: ({ qualifier, known }, key, catalogue) =>
      qualifier === "ForAnyValue" && known && audienceOf(key, catalogue) === "known issuer",
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-foranyvalue-with-audience-claim-type",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key } = condition;
    const other = writeOperator({ ...operator, qualifier: undefined });
    report({
      at: key,
      message: `\`${key.value}\` has one value: \`ForAnyValue\` would accept a token for several audiences.`,
      fix: { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
    });
  },
});
