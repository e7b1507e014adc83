import { defineRule } from "../../rule.js";
import { SUPERSEDED_KEY, SUPERSEDING_KEY } from "../../superseded-key.js";

export const deprecatedGlobalKey = defineRule({
  name: "deprecated-global-key",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A condition uses `aws:ARN`, which `aws:PrincipalArn` replaces",
  fix: "suggestion",
  accessAnalyzer: "DEPRECATED_GLOBAL_CONDITION_KEY",
  appliesTo: ["identity", "boundary", "session", "scp", "unknown"],
  tag: "deprecated",
  about: { condition: (_operator, key) => key === SUPERSEDED_KEY },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-deprecated-global-condition-key",
  ],

  condition({ key }, _statement, { report, edits }) {
    report({
      at: key,
      message: `\`${key.value}\` is out of date.`,
      fix: { title: `Replace it by \`${SUPERSEDING_KEY}\``, edits: edits.setText(key, SUPERSEDING_KEY) },
    });
  },
});
