import { addCondition } from "../../../policy/add-condition.js";
import { GITHUB, trustedProvider } from "../../../policy/federated-provider.js";
import { ALLOW } from "../../../policy/words.js";
import { fixedText } from "../../fixed-text.js";
import { requiredClaims } from "../../oidc-providers.js";
import { defineRule } from "../../rule.js";

export const missingOidcCondition = defineRule({
  name: "missing-oidc-condition",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "A role trusts an OpenID Connect provider, whoever it vouches for",
  fix: "suggestion",
  accessAnalyzer: "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
  appliesTo: ["trust"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-condition-key-for-oidc-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  ],

  principal(principal, statement, { report, edits }) {
    const provider = trustedProvider(principal);
    if (provider?.protocol !== "OIDC" || fixedText(principal.node) === undefined) return;
    const { effect, conditions, principals } = statement;
    if (effect?.value !== ALLOW || !principals.includes(principal)) return;
    const prefix = `${provider.issuer.toLowerCase()}:`;
    // GitHub has a rule of its own, which wants more.
    if (prefix === `${GITHUB}:`) return;
    if (conditions.some(({ key }) => key.value.toLowerCase().startsWith(prefix))) return;
    const audience = `${provider.issuer}:${AUDIENCE.get(provider.issuer) ?? "aud"}`;
    const refused = requiredClaims(provider.issuer.toLowerCase()) ? ", which IAM refuses to save" : "";
    report({
      at: principal,
      message: `Whoever \`${provider.issuer}\` vouches for can take on the role${refused}: no condition compares its claims.`,
      fix: {
        title: `Compare \`${audience}\``,
        edits: addCondition(statement, "StringEquals", audience, "<audience>", edits),
      },
    });
  },
});

/** Where the application is not the audience. */
const AUDIENCE: ReadonlyMap<string, string> = new Map([
  ["graph.facebook.com", "app_id"],
  ["www.amazon.com", "app_id"],
]);
