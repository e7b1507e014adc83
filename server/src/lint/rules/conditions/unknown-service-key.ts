import { renameKey } from "../../condition-edits.js";
import { keyFault, meantKey } from "../../condition-key.js";
import { abbreviate, defineRule } from "../../rule.js";

export const unknownServiceKey = defineRule({
  name: "unknown-service-key",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A service has no such condition key",
  fix: "suggestion",
  accessAnalyzer: "INVALID_SERVICE_CONDITION_KEY",
  about: { condition: (_operator, key, catalogue) => keyFault(key, catalogue) === "of-service" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-condition-key",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  condition(condition, statement, { report, edits, catalogue }) {
    const { key } = condition;
    const meant = meantKey(key.value, statement, catalogue);
    report({
      at: key,
      message: `\`${abbreviate(key.value)}\` is not a condition key of ${catalogue.service(key.value.slice(0, key.value.indexOf(":")))?.name}.`,
      fix:
        meant === undefined
          ? undefined
          : { title: `Change to \`${meant}\``, edits: renameKey(condition, meant, edits) },
    });
  },
});
