import { defineBroadGrantRule } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";

export const passRoleOnNotResource = defineBroadGrantRule({
  name: "pass-role-on-not-resource",
  severity: "warning",
  summary: "`iam:PassRole` is allowed by name on all resources but those of `NotResource`",
  accessAnalyzer: "PASS_ROLE_WITH_NOT_RESOURCE",
  action: PASS_ROLE,
  by: "name",
  on: "not-resource",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-not-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
});
