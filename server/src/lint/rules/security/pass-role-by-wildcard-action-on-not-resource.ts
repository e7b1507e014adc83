import { defineBroadGrantRule } from "../../broad-grant.js";
import { PASS_ROLE } from "../../pass-role.js";

export const passRoleByWildcardActionOnNotResource = defineBroadGrantRule({
  name: "pass-role-by-wildcard-action-on-not-resource",
  severity: "warning",
  summary: "`iam:PassRole` is allowed by a wildcard action on all resources but those of `NotResource`",
  accessAnalyzer: "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
  action: PASS_ROLE,
  by: "wildcard",
  on: "not-resource",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-action-and-not-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  ],
});
