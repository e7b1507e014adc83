import { hasPlaceholder } from "../../../policy/placeholder.js";
import { CURRENT_VERSION, VERSIONS } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const invalidVersion = defineRule({
  name: "invalid-version",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "The version of the policy language is none that AWS has",
  fix: "suggestion",
  accessAnalyzer: "INVALID_VERSION",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-version",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
  ],

  policy({ version }, { report, edits }) {
    if (version === undefined || VERSIONS.some((it) => it === version.value)) return;
    if (hasPlaceholder(version.value)) return;
    report({
      at: version,
      message: `\`${version.value}\` is not a version of the policy language.`,
      fix: { title: `Replace with \`${CURRENT_VERSION}\``, edits: edits.setText(version, CURRENT_VERSION) },
    });
  },
});
