import type { Policy, Statement } from "../../../policy/policy.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const missingRolesAnywhereAction = defineRule({
  name: "missing-roles-anywhere-action",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "IAM Roles Anywhere lacks an action that it needs to take on the role",
  fix: "suggestion",
  accessAnalyzer: "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
  appliesTo: ["trust"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-action-for-roles-anywhere-trust-policy",
    "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
  ],

  policy(policy, { report, edits }) {
    const trusting = statementsForService(policy);
    const [first] = trusting;
    if (first === undefined || trusting.some(({ notActions }) => notActions.length > 0)) return;
    const granted = trusting.flatMap(({ actions }) => actions);
    const missing = NEEDED.filter(
      (it) => !granted.some(({ folded }) => matchesPattern(folded, it.toLowerCase())),
    );
    const at = first.principals.find(({ value }) => value === SERVICE);
    if (at === undefined || missing.length === 0 || granted.length === 0) return;
    const list = first.elements.Action?.value;
    const names = missing.map((it) => `\`${it}\``).join(" and ");
    report({
      at,
      message: `\`${SERVICE}\` also needs ${names} to take on a role.`,
      fix: list && {
        title: `Add ${names}`,
        edits: edits.replaceValue(list, [...first.actions.map(({ value }) => value), ...missing]),
      },
    });
  },
});

const SERVICE = "rolesanywhere.amazonaws.com";
const NEEDED = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

function statementsForService({ statements }: Policy): readonly Statement[] {
  return statements.filter(
    ({ effect, principals }) => effect?.value === ALLOW && principals.some(({ value }) => value === SERVICE),
  );
}
