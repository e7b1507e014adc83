import { SERVICE_CONTROL_POLICY } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedScp = defineRule({
  name: "oversized-scp",
  group: "quotas",
  severity: "error",
  since: "0.1.0",
  summary: "A service control policy is longer than Organizations takes",
  fix: "safe",
  accessAnalyzer: "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
  appliesTo: ["scp"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-policy-size-exceeds-scp-quota",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
  ],

  policy({ node }, { report, edits, text }) {
    if (node.end - node.start <= SERVICE_CONTROL_POLICY) return;
    const { characters, dense } = sizeOf(text, node);
    report({
      at: node,
      message: `The policy has ${characters} characters; a service control policy may have ${SERVICE_CONTROL_POLICY}, white space included.`,
      fix:
        dense <= SERVICE_CONTROL_POLICY
          ? { title: "Take out the white space", edits: edits.minify(node) }
          : undefined,
    });
  },
});
