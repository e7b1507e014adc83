import { defineEscalationRule } from "../../escalation.js";

export const workloadTakeover = defineEscalationRule({
  name: "workload-takeover",
  severity: "info",
  summary: "Actions that are allowed together reach the role of something that already runs",
  ways: ["running-workload"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    "https://pathfinding.cloud",
  ],
});
