import { writeOperator } from "../../../policy/condition-types.js";
import { audienceOf } from "../../audience.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const setOperatorOnAudience = defineRule({
  name: "set-operator-on-audience",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "The audience of a token is compared as if there were several",
  fix: "suggestion",
  accessAnalyzer: "CONFIRM_AUDIENCE_CLAIM_TYPE",
  about: {
    condition: ({ qualifier, known }, key, catalogue) => {
      const audience = audienceOf(key, catalogue);
      return (
        qualifier !== undefined &&
        known &&
        audience !== undefined &&
        !(audience === "known issuer" && qualifier === "ForAnyValue")
      );
    },
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-confirm-audience-claim-type",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key } = condition;
    const other = writeOperator({ ...operator, qualifier: undefined });
    report({
      at: key,
      message: `\`${key.value}\` has one value, unless the provider sends a list: then \`${operator.qualifier}\` fits.`,
      fix: { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
    });
  },
});
