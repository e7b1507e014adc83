import { broadGrants, chooseActions, isAdministrator } from "../../grants.js";
import { defineRule } from "../../rule.js";

const ASSUME_ROLE = "sts:AssumeRole";
const CHOSEN = chooseActions([ASSUME_ROLE]);

export const wildcardRoleAssumption = defineRule({
  name: "wildcard-role-assumption",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "Every role that lets the caller in may be assumed",
  fix: "none",
  appliesTo: ["identity"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html"],

  policy(policy, { catalogue, report }) {
    if (policy.statements.some(isAdministrator)) return;
    for (const { at } of broadGrants(policy, CHOSEN, catalogue).values())
      report({
        at,
        message: `This allows \`${ASSUME_ROLE}\` on every role whose trust policy accepts the caller.`,
      });
  },
});
