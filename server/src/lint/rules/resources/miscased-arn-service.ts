import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { defineRule } from "../../rule.js";

export const miscasedArnService = defineRule({
  name: "miscased-arn-service",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "The service of an ARN has upper-case letters",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ARN_SERVICE_CASE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-service-case",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || !/[A-Z]/.test(arn.service) || isOpen(arn.service)) return;
    const service = arn.service.toLowerCase();
    if (catalogue.service(service) === undefined && catalogue.arnOwners(service).length === 0) return;
    report({
      at: resource,
      message: `The service \`${arn.service}\` is written \`${service}\` in an ARN.`,
      fix: {
        title: `Write \`${service}\``,
        edits: edits.setText(resource, withPart(arn, "service", service)),
      },
    });
  },
});
