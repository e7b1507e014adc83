import { defineRule } from "../../rule.js";

export const notPrincipalInTrustPolicy = defineRule({
  name: "not-principal-in-trust-policy",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A role's trust policy has `NotPrincipal`",
  fix: "none",
  accessAnalyzer: "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
  appliesTo: ["trust"],
  about: { statement: ({ has }) => has("NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-role-trust-policy-syntax-error-notprincipal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
  ],

  statement({ elements }, { report }) {
    const member = elements.NotPrincipal;
    if (member === undefined) return;
    report({ at: member.key, message: "A role's trust policy cannot have `NotPrincipal`." });
  },
});
