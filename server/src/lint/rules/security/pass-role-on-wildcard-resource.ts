import { defineBroadGrantRule } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";

export const passRoleOnWildcardResource = defineBroadGrantRule({
  name: "pass-role-on-wildcard-resource",
  severity: "warning",
  summary: "`iam:PassRole` is allowed by name on resources with wildcards",
  accessAnalyzer: "PASS_ROLE_WITH_STAR_IN_RESOURCE",
  action: PASS_ROLE,
  by: "name",
  on: "wildcard",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
});
