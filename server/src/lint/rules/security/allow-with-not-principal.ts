import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const allowWithNotPrincipal = defineRule({
  name: "allow-with-not-principal",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "An Allow is for everyone but those in `NotPrincipal`",
  fix: "none",
  accessAnalyzer: "ALLOW_WITH_NOT_PRINCIPAL",
  appliesTo: ["resource", "endpoint", "unknown"],
  about: { statement: ({ effect, has }) => effect === ALLOW && has("NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-allow-with-not-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
  ],

  statement({ elements }, { report }) {
    const member = elements.NotPrincipal;
    if (member === undefined) return;
    report({
      at: member.key,
      message: "`NotPrincipal` with Allow lets in everyone else, people without any account included.",
    });
  },
});
