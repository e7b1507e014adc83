import { defineEscalationRule } from "../../escalation.js";

export const privilegeEscalation = defineEscalationRule({
  name: "privilege-escalation",
  severity: "warning",
  summary: "Actions that are allowed together let their holder become stronger than the policy says",
  ways: ["own-permissions", "other-identity", "passed-role"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation",
    "https://pathfinding.cloud",
  ],
});
