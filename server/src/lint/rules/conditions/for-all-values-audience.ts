import { writeOperator } from "../../../policy/condition-types.js";
import { isAudience } from "../../../policy/federated-provider.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const forAllValuesAudience = defineRule({
  name: "for-all-values-audience",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "The audience of a token is compared with `ForAllValues`",
  fix: "suggestion",
  accessAnalyzer: "CONFIRM_AUDIENCE_CLAIM_TYPE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-confirm-audience-claim-type",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key } = condition;
    if (operator.qualifier !== "ForAllValues" || !operator.known || !isAudience(key.value)) return;
    const other = writeOperator({ ...operator, qualifier: undefined });
    report({
      at: key,
      message: `\`${key.value}\` has one value, unless the provider sends a list: then \`ForAllValues\` fits.`,
      fix: { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
    });
  },
});
