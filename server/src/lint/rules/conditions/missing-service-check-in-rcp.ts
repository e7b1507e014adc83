import { addCondition } from "../../../policy/add-condition.js";
import { DENY } from "../../../policy/words.js";
import { asksForService, IS_SERVICE, sourceCondition } from "../../rcp-conditions.js";
import { defineRule } from "../../rule.js";

export const missingServiceCheckInRcp = defineRule({
  name: "missing-service-check-in-rcp",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A Deny for AWS's services in a resource control policy also hits users and roles",
  fix: "suggestion",
  accessAnalyzer: "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
  appliesTo: ["rcp"],
  absence: true,
  about: { statement: ({ effect, has }) => effect === DENY && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-rcp-missing-related-service-principal-condition-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice",
  ],

  statement(statement, { report, edits }) {
    const condition = sourceCondition(statement);
    if (condition === undefined || asksForService(statement)) return;
    report({
      at: condition.key,
      message: `\`${condition.key.value}\` is about AWS's services, but nothing spares users and roles.`,
      fix: {
        title: `Spare users and roles with \`${IS_SERVICE}\``,
        edits: addCondition(statement, "Bool", IS_SERVICE, "true", edits),
      },
    });
  },
});
