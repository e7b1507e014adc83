import { templatesOf } from "../../../catalogue/arn-template.js";
import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { nearest } from "../../../policy/nearest.js";
import { defineRule } from "../../rule.js";

export const unknownArnRegion = defineRule({
  name: "unknown-arn-region",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN names a Region that AWS does not have",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ARN_REGION",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-region",
    "https://docs.aws.amazon.com/general/latest/gr/rande.html#region-names-codes",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || arn.region === "" || isOpen(arn.region)) return;
    if (catalogue.regions.includes(arn.region)) return;
    const templates = templatesOf(catalogue, arn.service);
    // Without a place for a Region, `unsupported-arn-region` reports it; a star there may be `global`.
    if (templates.length > 0 && templates.every(({ region }) => region === "")) return;
    if (templates.some(({ region }) => region === "*")) return;
    const known = nearest(arn.region, catalogue.regions);
    report({
      at: resource,
      message: `\`${arn.region}\` is not a Region of AWS.`,
      fix:
        known === undefined
          ? undefined
          : {
              title: `Write \`${known}\` as the Region`,
              edits: edits.setText(resource, withPart(arn, "region", known)),
            },
    });
  },
});
