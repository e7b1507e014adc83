import { defineRule } from "../../rule.js";

export const principalInIdentityPolicy = defineRule({
  name: "principal-in-identity-policy",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A policy that is attached to somebody says for whom it is",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_PRINCIPAL",
  appliesTo: ["identity", "boundary", "session"],
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
  ],

  statement({ elements }, { report, edits }) {
    for (const member of [elements.Principal, elements.NotPrincipal]) {
      if (member === undefined) continue;
      report({
        at: member.key,
        message: `\`${member.key.value}\` has no place here: the policy is for whoever it is attached to.`,
        fix: { title: `Remove \`${member.key.value}\``, edits: edits.removeMember(member) },
      });
    }
  },
});
