import { defineRule } from "../../rule.js";
import { SUPERSEDED_KEY, SUPERSEDING_KEY } from "../../superseded-key.js";

export const unsupportedGlobalKey = defineRule({
  name: "unsupported-global-key",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A resource policy uses `aws:ARN`, which AWS no longer supports",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_GLOBAL_CONDITION_KEY",
  appliesTo: ["resource", "trust", "rcp", "endpoint"],

  about: { condition: (_operator, key) => key === SUPERSEDED_KEY },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-global-condition-key",
  ],

  condition({ key }, _statement, { report, edits }) {
    report({
      at: key,
      message: `\`${key.value}\` is no longer supported.`,
      fix: { title: `Replace it by \`${SUPERSEDING_KEY}\``, edits: edits.setText(key, SUPERSEDING_KEY) },
    });
  },
});
