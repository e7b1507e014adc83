import { defineRule } from "../../rule.js";

export const principalInScp = defineRule({
  name: "principal-in-scp",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A service control policy says for whom it is",
  fix: "suggestion",
  accessAnalyzer: "SCP_SYNTAX_ERROR_PRINCIPAL",
  appliesTo: ["scp"],
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-scp-syntax-error-principal",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html",
  ],

  statement({ elements }, { report, edits }) {
    for (const member of [elements.Principal, elements.NotPrincipal]) {
      if (member === undefined) continue;
      report({
        at: member.key,
        message: `\`${member.key.value}\` has no place in a service control policy; a condition on \`aws:PrincipalArn\` has.`,
        fix: { title: `Remove \`${member.key.value}\``, edits: edits.removeMember(member) },
      });
    }
  },
});
