import { addCondition } from "../../../policy/add-condition.js";
import { DENY } from "../../../policy/words.js";
import { insistsOnSource, sourceCondition } from "../../rcp-conditions.js";
import { defineRule } from "../../rule.js";

export const missingSourceCheckInRcp = defineRule({
  name: "missing-source-check-in-rcp",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A Deny for AWS's services in a resource control policy also hits requests that name no source",
  fix: "suggestion",
  accessAnalyzer: "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
  appliesTo: ["rcp"],
  absence: true,
  about: { statement: ({ effect, has }) => effect === DENY && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-rcp-missing-service-condition-key-null-check",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid",
  ],

  statement(statement, { report, edits }) {
    const condition = sourceCondition(statement);
    if (condition === undefined || insistsOnSource(statement)) return;
    report({
      at: condition.key,
      message: `\`${condition.key.value}\` is absent where a service acts on nobody's behalf, which this denies too.`,
      fix: {
        title: "Deny only where `aws:SourceAccount` is there",
        edits: addCondition(statement, "Null", "aws:SourceAccount", "false", edits),
      },
    });
  },
});
