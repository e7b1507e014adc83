import { renameKey } from "../../condition-edits.js";
import { keyFault, meantKey } from "../../condition-key.js";
import { abbreviate, defineRule } from "../../rule.js";

export const unknownGlobalKey = defineRule({
  name: "unknown-global-key",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "There is no such global condition key",
  fix: "suggestion",
  accessAnalyzer: "INVALID_GLOBAL_CONDITION_KEY",
  about: { condition: (_operator, key, catalogue) => keyFault(key, catalogue) === "global" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-global-condition-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],

  condition(condition, statement, { report, edits, catalogue }) {
    const { key } = condition;
    const meant = meantKey(key.value, statement, catalogue);
    report({
      at: key,
      message: `\`${abbreviate(key.value)}\` is not a global condition key.`,
      fix:
        meant === undefined
          ? undefined
          : { title: `Change to \`${meant}\``, edits: renameKey(condition, meant, edits) },
    });
  },
});
