import { RAISED_TRUST_POLICY, TRUST_POLICY } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedTrustPolicy = defineRule({
  name: "oversized-trust-policy",
  group: "quotas",
  severity: "warning",
  since: "0.1.0",
  summary: "A trust policy is longer than a role's may be",
  fix: "none",
  accessAnalyzer: "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
  appliesTo: ["trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-policy-size-exceeds-role-trust-policy-quota",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],

  policy({ node }, { report, text }) {
    if (node.end - node.start <= TRUST_POLICY) return;
    const { dense } = sizeOf(text, node);
    if (dense <= TRUST_POLICY) return;
    const more = dense <= RAISED_TRUST_POLICY ? ` AWS raises that to ${RAISED_TRUST_POLICY} on request.` : "";
    report({
      at: node,
      message: `The policy has ${dense} characters without white space; a trust policy may have ${TRUST_POLICY}.${more}`,
    });
  },
});
