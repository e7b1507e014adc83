import { formsOf } from "../../../catalogue/arn-template.js";
import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { defineRule } from "../../rule.js";

export const unsupportedArnAccount = defineRule({
  name: "unsupported-arn-account",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN has an account although such resources have none in theirs",
  fix: "suggestion",
  accessAnalyzer: "ARN_ACCOUNT_NOT_ALLOWED",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-arn-account-not-allowed",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || arn.account === "" || isOpen(arn.account)) return;
    const forms = formsOf(arn, catalogue);
    if (forms.length === 0 || forms.some(({ account }) => account !== "")) return;
    report({
      at: resource,
      message: `ARNs of \`${arn.service}\` like this one have no account; this one has \`${arn.account}\`.`,
      fix: {
        title: "Leave the account empty",
        edits: edits.setText(resource, withPart(arn, "account", "")),
      },
    });
  },
});
