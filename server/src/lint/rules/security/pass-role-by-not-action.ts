import { defineBroadGrantRule } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";

export const passRoleByNotAction = defineBroadGrantRule({
  name: "pass-role-by-not-action",
  severity: "warning",
  summary: "`iam:PassRole` is allowed by `NotAction` on resources with wildcards",
  accessAnalyzer: "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
  action: PASS_ROLE,
  by: "not-action",
  on: "wildcard",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource-and-not-action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
});
