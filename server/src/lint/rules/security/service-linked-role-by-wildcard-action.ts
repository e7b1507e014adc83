import { defineBroadGrantRule } from "../../broad-grant.js";
import { CREATE_SERVICE_LINKED_ROLE } from "../../create-service-linked-role.js";

export const serviceLinkedRoleByWildcardAction = defineBroadGrantRule({
  name: "service-linked-role-by-wildcard-action",
  severity: "warning",
  summary: "`iam:CreateServiceLinkedRole` is allowed by a wildcard action on resources with wildcards",
  accessAnalyzer: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE",
  action: CREATE_SERVICE_LINKED_ROLE,
  by: "wildcard",
  on: "wildcard",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-action-and-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
  ],
});
