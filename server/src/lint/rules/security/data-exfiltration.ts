import { defineExposureRule } from "../../exposure.js";

export const dataExfiltration = defineExposureRule({
  name: "data-exfiltration",
  summary: "An action that reads data or secrets is allowed on every resource",
  what: "the contents of all of them",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
  ],
  actions: [
    "s3:GetObject",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
  ],
});
