import { defineBroadGrantRule } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";

export const passRoleByNotActionOnNotResource = defineBroadGrantRule({
  name: "pass-role-by-not-action-on-not-resource",
  severity: "warning",
  summary: "`iam:PassRole` is allowed by `NotAction` on all resources but those of `NotResource`",
  accessAnalyzer: "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
  action: PASS_ROLE,
  by: "not-action",
  on: "not-resource",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-not-action-and-not-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
});
