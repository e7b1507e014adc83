import type { Condition } from "../../../policy/condition.js";
import { isNegated, NULL } from "../../../policy/condition-types.js";
import { GITHUB, trustedProvider } from "../../../policy/federated-provider.js";
import { ALLOW } from "../../../policy/words.js";
import { requiredClaims } from "../../oidc-providers.js";
import { defineRule } from "../../rule.js";

export const missingSharedOidcClaim = defineRule({
  name: "missing-shared-oidc-claim",
  group: "security",
  severity: "error",
  since: "0.1.0",
  summary: "A role trusts a provider that many customers share, without the claim that IAM insists on",
  fix: "none",
  appliesTo: ["trust"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  ],

  principal(principal, { effect, conditions, principals }, { report }) {
    const provider = trustedProvider(principal);
    if (provider === undefined || effect?.value !== ALLOW || !principals.includes(principal)) return;
    const issuer = provider.issuer.toLowerCase();
    const claims = requiredClaims(issuer);
    const [first, ...others] = claims ?? [];
    if (first === undefined || issuer === GITHUB) return;
    if (conditions.some((it) => compares(it, [first, ...others]))) return;
    // Without any claim it is `missing-oidc-condition` that speaks.
    if (!conditions.some(({ key }) => key.value.toLowerCase().startsWith(`${issuer}:`))) return;
    const either = [first, ...others].map((it) => `\`${it}\``).join(" or ");
    report({
      at: principal,
      message: `IAM refuses a trust policy for \`${provider.issuer}\` that does not compare ${either}.`,
    });
  },
});

/** Is this a condition on one of the claims, with a value that tells somebody apart? */
function compares({ operator, key, values }: Condition, claims: readonly string[]): boolean {
  if (!claims.includes(key.value.toLowerCase()) || isNegated(operator) || operator.base === NULL)
    return false;
  return values.length > 0 && !values.some((it) => it.type === "string" && /^[*?]*$/.test(it.value));
}
