import { narrowsCallers } from "../../../policy/narrowing-condition.js";
import { isAnyone } from "../../../policy/principal.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const conditionalPublicPrincipal = defineRule({
  name: "conditional-public-principal",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "Everyone is allowed in but for a condition",
  fix: "none",
  presets: ["strict"],
  appliesTo: ["resource", "trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  ],

  principal(principal, { effect, conditions, principals }, { report }) {
    if (!isAnyone(principal) || effect?.value !== ALLOW || !principals.includes(principal)) return;
    const narrowing = conditions.find(narrowsCallers);
    if (narrowing === undefined) return;
    report({
      at: principal,
      message: `Only \`${narrowing.key.value}\` keeps everyone in the world out.`,
      related: [{ at: narrowing.key, message: "The condition." }],
    });
  },
});
