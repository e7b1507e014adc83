import { renameKey } from "../../condition-edits.js";
import { keyFault, meantKey } from "../../condition-key.js";
import { abbreviate, defineRule } from "../../rule.js";

export const invalidKeyFormat = defineRule({
  name: "invalid-key-format",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition key is not of the form `service:name`",
  fix: "suggestion",
  accessAnalyzer: "INVALID_CONDITION_KEY_FORMAT",
  about: { condition: (_operator, key, catalogue) => keyFault(key, catalogue) === "form" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-key-format",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
  ],

  condition(condition, statement, { report, edits, catalogue }) {
    const { key } = condition;
    const meant = meantKey(key.value, statement, catalogue);
    report({
      at: key,
      message: `\`${abbreviate(key.value)}\` is not of the form \`service:name\`.`,
      fix:
        meant === undefined
          ? undefined
          : { title: `Change to \`${meant}\``, edits: renameKey(condition, meant, edits) },
    });
  },
});
