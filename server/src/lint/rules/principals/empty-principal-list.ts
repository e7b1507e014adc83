import { defineRule } from "../../rule.js";

export const emptyPrincipalList = defineRule({
  name: "empty-principal-list",
  group: "principals",
  severity: "info",
  since: "0.1.0",
  summary: "A statement's list of principals is empty",
  fix: "suggestion",
  accessAnalyzer: "EMPTY_ARRAY_PRINCIPAL",
  absence: true,
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],

  statement({ elements }, { report, edits }) {
    for (const principal of [elements.Principal, elements.NotPrincipal]) {
      const value = principal?.value;
      if (value?.type === "array" && value.items.length === 0)
        report({ at: value, message: `\`${principal?.key.value}\` is empty.` });
      if (value?.type !== "object") continue;
      for (const member of value.members) {
        const { key, value: list } = member;
        if (list?.type !== "array" || list.items.length > 0) continue;
        report({
          at: list,
          message: `\`${key.value}\` names no principal.`,
          fix:
            value.members.length > 1
              ? { title: `Remove \`${key.value}\``, edits: edits.removeMember(member) }
              : undefined,
        });
      }
    }
  },
});
