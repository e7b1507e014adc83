import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { nearest } from "../../../policy/nearest.js";
import { defineRule } from "../../rule.js";

export const unknownArnPartition = defineRule({
  name: "unknown-arn-partition",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN names a partition that AWS does not have",
  fix: "suggestion",
  accessAnalyzer: "INVALID_PARTITION",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-partition",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || arn.partition === "aws" || isOpen(arn.partition)) return;
    if (catalogue.partitions.includes(arn.partition)) return;
    const known = nearest(arn.partition, catalogue.partitions) ?? (arn.partition === "" ? "aws" : undefined);
    report({
      at: resource,
      message:
        arn.partition === ""
          ? "This ARN has no partition."
          : `\`${arn.partition}\` is not a partition of AWS.`,
      fix:
        known === undefined
          ? undefined
          : {
              title: `Write \`${known}\` as the partition`,
              edits: edits.setText(resource, withPart(arn, "partition", known)),
            },
    });
  },
});
