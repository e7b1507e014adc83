import { formsOf } from "../../../catalogue/arn-template.js";
import { readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { defineRule } from "../../rule.js";

export const missingArnRegion = defineRule({
  name: "missing-arn-region",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN has no Region although such resources have one in theirs",
  fix: "suggestion",
  accessAnalyzer: "MISSING_ARN_REGION",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-region",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || arn.region !== "") return;
    const forms = formsOf(arn, catalogue);
    if (forms.length === 0 || forms.some(({ region }) => region === "")) return;
    report({
      at: resource,
      message: `ARNs of \`${arn.service}\` like this one have a Region; this one has none.`,
      fix: {
        title: "Write `*` as the Region",
        edits: edits.setText(resource, withPart(arn, "region", "*")),
      },
    });
  },
});
