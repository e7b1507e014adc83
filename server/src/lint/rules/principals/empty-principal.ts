import { defineRule } from "../../rule.js";

export const emptyPrincipal = defineRule({
  name: "empty-principal",
  group: "principals",
  severity: "info",
  since: "0.1.0",
  summary: "A statement's principal is an empty object",
  fix: "none",
  accessAnalyzer: "EMPTY_OBJECT_PRINCIPAL",
  absence: true,
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-object-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],

  statement({ elements }, { report }) {
    for (const member of [elements.Principal, elements.NotPrincipal]) {
      const value = member?.value;
      if (value?.type === "object" && value.members.length === 0)
        report({ at: value, message: `\`${member?.key.value}\` names nobody.` });
    }
  },
});
