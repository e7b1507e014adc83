import { type AwsPrincipal, awsPrincipal } from "../../../policy/aws-principal.js";
import type { Principal } from "../../../policy/principal.js";
import { defineRule } from "../../rule.js";

export const redundantSessionPrincipal = defineRule({
  name: "redundant-session-principal",
  group: "principals",
  severity: "info",
  since: "0.1.0",
  summary: "A session is named beside its role",
  fix: "suggestion",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
  appliesTo: ["trust"],
  about: { statement: ({ has }) => has("Principal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-principal-in-role-trust-policy",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session",
  ],

  statement({ principals }, { report, edits }) {
    if (principals.length < 2) return;
    const named = principals.flatMap((principal): readonly Named[] => {
      const it = awsPrincipal(principal);
      return it === undefined ? [] : [{ ...it, principal }];
    });
    for (const { what, account, name, principal } of named) {
      if (what !== "session") continue;
      const role = named.find((it) => it.what === "role" && it.account === account && it.name === name);
      if (role === undefined) continue;
      report({
        at: principal,
        message: `\`${principal.value}\` is a session of \`${role.principal.value}\`, which is named already.`,
        related: [{ at: role.principal, message: "The role, with all its sessions." }],
        fix: { title: `Remove \`${principal.value}\``, edits: edits.removeItem(principal.node) },
      });
    }
  },
});

interface Named extends AwsPrincipal {
  readonly principal: Principal;
}
