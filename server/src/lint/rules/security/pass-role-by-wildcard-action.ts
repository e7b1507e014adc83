import { defineBroadGrantRule } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";

export const passRoleByWildcardAction = defineBroadGrantRule({
  name: "pass-role-by-wildcard-action",
  severity: "warning",
  summary: "`iam:PassRole` is allowed by a wildcard action on resources with wildcards",
  accessAnalyzer: "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
  action: PASS_ROLE,
  by: "wildcard",
  on: "wildcard",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-action-and-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
});
