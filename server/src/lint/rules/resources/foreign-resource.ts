import { readArnPattern } from "../../../policy/arn-pattern.js";
import { nameable } from "../../attached-resource.js";
import { defineRule } from "../../rule.js";

export const foreignResource = defineRule({
  name: "foreign-resource",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "A resource policy names another resource than the one that it hangs on",
  fix: "none",
  accessAnalyzer: "UNSUPPORTED_RESOURCE_ARN_IN_POLICY",
  appliesTo: ["resource"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-resource-arn-in-policy",
  ],

  resource(resource, _statement, context) {
    if (context.resourceType === undefined) return;
    const arn = readArnPattern(resource.value);
    if (arn === undefined || nameable(context)?.(arn) !== false) return;
    context.report({
      at: resource,
      message: `The policy of an \`${context.resourceType}\` cannot speak of \`${resource.value}\`.`,
    });
  },
});
