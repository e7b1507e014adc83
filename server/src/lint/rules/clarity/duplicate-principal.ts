import { awsPrincipal } from "../../../policy/aws-principal.js";
import type { Principal } from "../../../policy/principal.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const duplicatePrincipal = defineRule({
  name: "duplicate-principal",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "A principal stands in the list twice",
  fix: "safe",
  tag: "unnecessary",
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"],

  statement({ principals, notPrincipals }, { report, edits }) {
    for (const list of [principals, notPrincipals]) {
      if (list.length < 2) continue;
      const seen = new Map<string, Principal>();
      for (const principal of list) {
        const meaning = `${principal.type?.value}|${meaningOf(principal)}`;
        const first = seen.get(meaning);
        if (first === undefined) {
          seen.set(meaning, principal);
          continue;
        }
        const same = first.value === principal.value;
        report({
          at: principal,
          message: same
            ? `\`${principal.value}\` is named twice.`
            : `\`${principal.value}\` is the same account as \`${first.value}\`.`,
          related: [{ at: first, message: "The first one." }],
          fix: { title: `Remove \`${principal.value}\``, edits: edits.removeItem(principal.node) },
        });
      }
    }
  },
});

/** An account's number and the ARN of its root mean the same. */
function meaningOf(principal: Principal): string {
  const named = fixedText(principal.node) === undefined ? undefined : awsPrincipal(principal);
  return named?.what === "account" ? named.account : principal.value;
}
