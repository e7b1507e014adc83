import { addCondition } from "../../../policy/add-condition.js";
import { DENY } from "../../../policy/words.js";
import { asksForService, IS_SERVICE, identityCondition } from "../../rcp-conditions.js";
import { defineRule } from "../../rule.js";

export const missingServiceExceptionInRcp = defineRule({
  name: "missing-service-exception-in-rcp",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A Deny for other users and roles in a resource control policy also hits AWS's services",
  fix: "suggestion",
  accessAnalyzer: "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
  appliesTo: ["rcp"],
  absence: true,
  about: { statement: ({ effect, has }) => effect === DENY && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-rcp-missing-related-principal-condition-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice",
  ],

  statement(statement, { report, edits }) {
    const condition = identityCondition(statement);
    if (condition === undefined || asksForService(statement)) return;
    report({
      at: condition.key,
      message: `\`${condition.key.value}\` is about users and roles, but nothing spares AWS's services.`,
      fix: {
        title: `Spare AWS's services with \`${IS_SERVICE}\``,
        edits: addCondition(statement, "BoolIfExists", IS_SERVICE, "false", edits),
      },
    });
  },
});
