import { defineBroadGrantRule } from "../../broad-grant.js";
import { CREATE_SERVICE_LINKED_ROLE } from "../../create-service-linked-role.js";

export const serviceLinkedRoleOnNotResource = defineBroadGrantRule({
  name: "service-linked-role-on-not-resource",
  severity: "warning",
  summary: "`iam:CreateServiceLinkedRole` is allowed by name on all resources but those of `NotResource`",
  accessAnalyzer: "CREATE_SLR_WITH_NOT_RESOURCE",
  action: CREATE_SERVICE_LINKED_ROLE,
  by: "name",
  on: "not-resource",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-not-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
  ],
});
