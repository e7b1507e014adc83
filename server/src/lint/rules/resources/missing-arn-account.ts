import { formsOf } from "../../../catalogue/arn-template.js";
import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { defineRule } from "../../rule.js";

export const missingArnAccount = defineRule({
  name: "missing-arn-account",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN has no account although such resources have one in theirs",
  fix: "suggestion",
  accessAnalyzer: "MISSING_ARN_ACCOUNT",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-account",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || arn.account !== "" || isAwsOwned(arn.service) || isOpen(arn.resource[0] ?? ""))
      return;
    const forms = formsOf(arn, catalogue);
    if (forms.length === 0 || forms.some(({ account }) => account === "")) return;
    report({
      at: resource,
      message: `ARNs of \`${arn.service}\` like this one have an account; this one has none.`,
      fix: {
        title: "Write `*` as the account",
        edits: edits.setText(resource, withPart(arn, "account", "*")),
      },
    });
  },
});

/** Services with resources of AWS's own whose ARNs have no account, which AWS's reference does not mention. */
function isAwsOwned(service: string): boolean {
  return service === "ssm" || service === "resource-explorer-2";
}
