import { defineRule } from "../../rule.js";

export const resourceInTrustPolicy = defineRule({
  name: "resource-in-trust-policy",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A role's trust policy names resources",
  fix: "suggestion",
  accessAnalyzer: "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
  appliesTo: ["trust"],
  about: { statement: ({ has }) => has("Resource", "NotResource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-role-trust-policy-syntax-error-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  statement({ elements }, { report, edits }) {
    for (const name of ["Resource", "NotResource"] as const) {
      const member = elements[name];
      if (member === undefined) continue;
      report({
        at: member.key,
        message: `A role's trust policy cannot have \`${name}\`: it is about the role that it hangs on.`,
        fix: { title: `Remove \`${name}\``, edits: edits.removeMember(member) },
      });
    }
  },
});
