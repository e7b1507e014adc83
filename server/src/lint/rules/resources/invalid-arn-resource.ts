import { formsOf } from "../../../catalogue/arn-template.js";
import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { unknownWord } from "../../resource-word.js";
import { defineRule } from "../../rule.js";

export const invalidArnResource = defineRule({
  name: "invalid-arn-resource",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "The last field of an ARN has none of the forms that the service knows",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ARN_RESOURCE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-resource",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    // AWS judges no patterns, and neither AWS's own resources nor paths are all in its reference.
    if (arn === undefined || isOpen(arn.resource) || arn.account === "aws" || arn.resource.startsWith("/"))
      return;
    if (formsOf(arn, catalogue).length > 0) return;
    const unknown = unknownWord(catalogue, arn);
    if (unknown === undefined) return;
    const { written, meant } = unknown;
    report({
      at: resource,
      message: `\`${arn.resource}\` is no resource of \`${arn.service}\`.`,
      fix:
        meant === undefined
          ? undefined
          : {
              title: `Write \`${meant}\``,
              edits: edits.setText(
                resource,
                withPart(arn, "resource", meant + arn.resource.slice(written.length)),
              ),
            },
    });
  },
});
