import { isOfType } from "../../../policy/principal.js";
import { defineRule } from "../../rule.js";

export const unsupportedFederatedPrincipal = defineRule({
  name: "unsupported-federated-principal",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A policy other than a role's trust policy names an identity provider",
  fix: "none",
  accessAnalyzer: "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
  appliesTo: ["resource"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-federated-principal-not-supported",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html",
  ],

  principal(principal, _statement, { report }) {
    if (!isOfType(principal, "Federated")) return;
    report({
      at: principal,
      message: `\`${principal.value}\` is an identity provider, which only a role's trust policy can name.`,
    });
  },
});
