import { defineBroadGrantRule } from "../../broad-grant.js";
import { CREATE_SERVICE_LINKED_ROLE } from "../../create-service-linked-role.js";

export const serviceLinkedRoleByNotAction = defineBroadGrantRule({
  name: "service-linked-role-by-not-action",
  severity: "warning",
  summary: "`iam:CreateServiceLinkedRole` is allowed by `NotAction` on resources with wildcards",
  accessAnalyzer: "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
  action: CREATE_SERVICE_LINKED_ROLE,
  by: "not-action",
  on: "wildcard",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-resource-and-not-action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
  ],
});
