import { moveActions } from "../../move-actions.js";
import { defineRule } from "../../rule.js";
import { unsentKeys } from "../../unsent-keys.js";

export const unsupportedConditionKey = defineRule({
  name: "unsupported-condition-key",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition asks for a key that some of the statement's actions never send",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-for-condition-key",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  statement(statement, { report, catalogue, edits }) {
    for (const { condition, actions } of unsentKeys(statement, catalogue)) {
      const [first, ...others] = actions;
      if (first === undefined) continue;
      const key = condition.key.value;
      const never =
        others.length === 0
          ? `\`${first.value}\` never sends`
          : `\`${first.value}\` and ${others.length} more never send`;
      report({
        at: first,
        message: `${never} \`${key}\`, which the condition asks for.`,
        related: [
          { at: condition.key, message: "The condition." },
          ...others.map((other) => ({ at: other, message: "Never sends it either." })),
        ],
        fix: moveActions(statement, actions, key, edits),
      });
    }
  },
});
