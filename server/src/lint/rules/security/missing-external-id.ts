import { addCondition } from "../../../policy/add-condition.js";
import { awsPrincipal } from "../../../policy/aws-principal.js";
import { narrowsCallers } from "../../../policy/narrowing-condition.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const missingExternalId = defineRule({
  name: "missing-external-id",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A whole account may take on the role without an external ID",
  fix: "suggestion",
  presets: ["strict"],
  appliesTo: ["trust"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  ],

  principal(principal, statement, { report, edits, variables }) {
    const { effect, principals, actions, conditions } = statement;
    if (effect?.value !== ALLOW || !principals.includes(principal)) return;
    const named = awsPrincipal(principal);
    if (named?.what !== "account" || !/^\d{12}$/.test(named.account)) return;
    if (Object.values(variables).includes(named.account)) return;
    if (!actions.some(({ folded }) => matchesPattern(folded, "sts:assumerole"))) return;
    if (conditions.some(({ key }) => KEYS.has(key.value.toLowerCase())) || conditions.some(narrowsCallers))
      return;
    report({
      at: principal,
      message: `Account ${named.account} may take on the role for any of its customers: no \`sts:ExternalId\` is asked for.`,
      fix: {
        title: "Ask for an external ID",
        edits: addCondition(statement, "StringEquals", "sts:ExternalId", "<external-id>", edits),
      },
    });
  },
});

/** A person with a second factor is no service that serves many. */
const KEYS: ReadonlySet<string> = new Set([
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "sts:externalid",
]);
