import { federatedProvider } from "../../../policy/federated-provider.js";
import { isOfType } from "../../../policy/principal.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const invalidFederatedPrincipal = defineRule({
  name: "invalid-federated-principal",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A federated principal is neither a domain nor the ARN of a provider",
  fix: "none",
  accessAnalyzer: "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
  appliesTo: ["trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-federated-principal-syntax-in-role-trust-policy",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity",
  ],

  principal(principal, _statement, { report }) {
    if (!isOfType(principal, "Federated")) return;
    const text = fixedText(principal.node);
    // A wildcard is the business of `wildcard-in-principal`.
    if (text === undefined || hasWildcard(text) || federatedProvider(text) !== undefined) return;
    report({
      at: principal,
      message: `\`${text}\` is neither a domain nor the ARN of a SAML or OIDC provider.`,
    });
  },
});
