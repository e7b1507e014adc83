import { ALLOW } from "../../../policy/words.js";
import { narrows } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";
import { defineRule } from "../../rule.js";

export const passRoleToAnyService = defineRule({
  name: "pass-role-to-any-service",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "Certain roles may be passed, but to any service",
  fix: "none",
  appliesTo: ["identity", "session"],
  about: { action: ({ folded }) => folded === "iam:passrole" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService",
  ],

  action(action, statement, { catalogue, report }) {
    if (statement.effect?.value !== ALLOW) return;
    if (!statement.actions.includes(action) || statement.resources.length === 0) return;
    if (statement.conditions.some((condition) => narrows(condition, PASS_ROLE.key))) return;
    // The rules about broad patterns ask for the condition as well.
    if (PASS_ROLE.grantIn(statement, catalogue) !== undefined) return;
    report({
      at: action,
      message: "These roles may be passed to any service that trusts them.",
    });
  },
});
