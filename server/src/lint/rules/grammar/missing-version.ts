import { CURRENT_VERSION } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const missingVersion = defineRule({
  name: "missing-version",
  group: "grammar",
  severity: "warning",
  since: "0.1.0",
  summary: "The policy does not say which version of the policy language it is written in",
  fix: "safe",
  accessAnalyzer: "MISSING_VERSION",
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-missing-version",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
  ],

  policy({ node, elements }, { report, edits, text }) {
    if (elements.Version !== undefined) return;
    // The only words that the two versions read differently are policy variables.
    const safe = !text.slice(node.start, node.end).includes("${");
    report({
      at: node,
      message: "The policy has no `Version`, so AWS reads it as `2008-10-17`, without policy variables.",
      fix: {
        title: `Add \`"Version": "${CURRENT_VERSION}"\``,
        edits: edits.prependMember(node, "Version", CURRENT_VERSION),
        safe,
      },
    });
  },
});
