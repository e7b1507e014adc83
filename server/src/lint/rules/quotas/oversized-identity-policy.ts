import { IDENTITY_POLICY, INLINE_POLICIES } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedIdentityPolicy = defineRule({
  name: "oversized-identity-policy",
  group: "quotas",
  severity: "warning",
  since: "0.1.0",
  summary: "A policy is longer than any policy of a user, group or role may be",
  fix: "none",
  accessAnalyzer: "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
  appliesTo: ["identity", "boundary"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-policy-size-exceeds-identity-policy-quota",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],

  policy({ node }, { report, text, isPlain, resourceType }) {
    // Inline policies of a user, group, role or permission set are counted together by a rule of their own.
    if (INLINE_POLICIES.has(resourceType ?? "")) return;
    if (node.end - node.start <= IDENTITY_POLICY) return;
    const { dense } = sizeOf(text, node, isPlain);
    if (dense <= IDENTITY_POLICY) return;
    report({
      at: node,
      message: `The policy has ${dense} characters without white space; no inline or managed policy may have more than ${IDENTITY_POLICY}.`,
    });
  },
});
