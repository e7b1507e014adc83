import { NULL } from "../../../policy/condition-types.js";
import { isOfType } from "../../../policy/principal.js";
import { defineRule } from "../../rule.js";

export const unsupportedKeyForServicePrincipal = defineRule({
  name: "unsupported-key-for-service-principal",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A condition asks a service for what only users and roles have",
  fix: "none",
  accessAnalyzer: "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
  appliesTo: ["resource"],
  about: { statement: ({ has }) => has("Principal") && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-condition-key-for-service-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid",
  ],

  statement({ principals, conditions }, { report }) {
    if (principals.length === 0 || conditions.length === 0) return;
    if (!principals.every((it) => isOfType(it, "Service"))) return;
    const [first, ...others] = conditions.filter(
      ({ key, operator }) => isOfIdentity(key.value) && !operator.ifExists && operator.base !== NULL,
    );
    if (first === undefined) return;
    const services = principals.map(({ value }) => `\`${value}\``).join(", ");
    report({
      at: first.key,
      message: `\`${first.key.value}\` is never sent by ${services}: only users and roles have it.`,
      related: others.map(({ key }) => ({ at: key, message: "Neither is this key." })),
    });
  },
});

/** Lower case: properties of users and roles, which a service that acts for itself lacks. */
const KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:userid",
  "aws:username",
]);

function isOfIdentity(key: string): boolean {
  const folded = key.toLowerCase();
  return KEYS.has(folded) || folded.startsWith("aws:principaltag/");
}
