import type { Catalogue } from "../../../catalogue/catalogue.js";
import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { nearest } from "../../../policy/nearest.js";
import { defineRule } from "../../rule.js";

export const unknownArnService = defineRule({
  name: "unknown-arn-service",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN names a service that AWS does not have",
  fix: "suggestion",
  accessAnalyzer: "INVALID_SERVICE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || isOpen(arn.service) || isKnown(catalogue, arn.service)) return;
    // `miscased-arn-service` reports those.
    if (isKnown(catalogue, arn.service.toLowerCase())) return;
    const retired = catalogue.retired(arn.service) !== undefined;
    const known = retired ? undefined : nearest(arn.service, catalogue.services);
    report({
      at: resource,
      message:
        arn.service === ""
          ? "This ARN has no service."
          : retired
            ? `AWS no longer has the service \`${arn.service}\`.`
            : `\`${arn.service}\` is not a service of AWS.`,
      fix:
        known === undefined
          ? undefined
          : {
              title: `Write \`${known}\` as the service`,
              edits: edits.setText(resource, withPart(arn, "service", known)),
            },
    });
  },
});

/** Some ARNs name a service that no action has as its prefix, such as `catalog` for Service Catalog. */
function isKnown(catalogue: Catalogue, service: string): boolean {
  if (catalogue.service(service)?.prefix === service) return true;
  return catalogue.arnOwners(service).length > 0 && catalogue.retired(service) === undefined;
}
