import { renameKey } from "../../condition-edits.js";
import { keyFault, meantKey } from "../../condition-key.js";
import { defineRule } from "../../rule.js";

export const unknownKeyService = defineRule({
  name: "unknown-key-service",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "The prefix of a condition key is no service",
  fix: "suggestion",
  accessAnalyzer: "INVALID_SERVICE",
  about: { condition: (_operator, key, catalogue) => keyFault(key, catalogue) === "service" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service",
  ],

  condition(condition, statement, { report, edits, catalogue }) {
    const { key } = condition;
    const meant = meantKey(key.value, statement, catalogue);
    report({
      at: key,
      message: `There is no service \`${key.value.slice(0, key.value.indexOf(":"))}\`.`,
      fix:
        meant === undefined
          ? undefined
          : { title: `Change to \`${meant}\``, edits: renameKey(condition, meant, edits) },
    });
  },
});
