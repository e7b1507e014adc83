import { defineRule } from "../../rule.js";

export const wildcardPrincipalInTrustPolicy = defineRule({
  name: "wildcard-principal-in-trust-policy",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: 'A role\'s trust policy has `"Principal": "*"`',
  fix: "none",
  accessAnalyzer: "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
  appliesTo: ["trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-role-trust-policy-unsupported-wildcard-in-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  ],

  principal(principal, _statement, { report }) {
    if (principal.type !== undefined || principal.value !== "*") return;
    report({
      at: principal,
      message: "A role's trust policy cannot have `*` in the place of its principals.",
    });
  },
});
