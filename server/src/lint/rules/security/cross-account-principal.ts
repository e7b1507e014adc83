import { parseArn } from "../../../policy/arn.js";
import { awsPrincipal } from "../../../policy/aws-principal.js";
import type { Statement } from "../../../policy/policy.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const crossAccountPrincipal = defineRule({
  name: "cross-account-principal",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "Somebody of another account is allowed in",
  fix: "none",
  presets: ["strict"],
  appliesTo: ["resource", "trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
  ],

  principal(principal, statement, { report, variables }) {
    if (statement.effect?.value !== ALLOW || !statement.principals.includes(principal)) return;
    const account = awsPrincipal(principal)?.account;
    if (account === undefined || !ACCOUNT.test(account)) return;
    const own = ownAccount(statement, variables);
    if (own === undefined || own === account) return;
    report({
      at: principal,
      message: `\`${principal.value}\` is of account ${account}, while this belongs to ${own}.`,
    });
  },
});

const ACCOUNT = /^\d{12}$/;
/** Names that people give to the placeholder for their own account. */
const OWN = /^(?:(?:aws|my|this|own|current)[-_ ]?)*account(?:[-_ ]?(?:id|number))?$/i;

/** Told by the configured variables, or else by the resources of the statement. */
function ownAccount(
  { resources }: Statement,
  variables: Readonly<Record<string, string>>,
): string | undefined {
  for (const [name, value] of Object.entries(variables))
    if (OWN.test(name) && ACCOUNT.test(value)) return value;
  const accounts = new Set(resources.map(({ value }) => parseArn(value)?.account ?? ""));
  const [only] = accounts;
  return accounts.size === 1 && only !== undefined && ACCOUNT.test(only) ? only : undefined;
}
