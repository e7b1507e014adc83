import { templatesOf } from "../../../catalogue/arn-template.js";
import { isOpen, readArnPattern, withPart } from "../../../policy/arn-pattern.js";
import { defineRule } from "../../rule.js";

export const invalidArnAccount = defineRule({
  name: "invalid-arn-account",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "The account of an ARN is not a 12-digit number",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ARN_ACCOUNT",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-account",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    if (arn === undefined || isOpen(arn.account) || isAccount(arn.account)) return;
    const templates = templatesOf(catalogue, arn.service);
    // Without a place for an account, `unsupported-arn-account` reports it; some forms name AWS or a thing there.
    if (templates.length > 0 && templates.every(({ account }) => account === "")) return;
    if (templates.some(({ account }) => account === arn.account)) return;
    const digits = arn.account.replace(/[\s-]/g, "");
    report({
      at: resource,
      message: `The account \`${arn.account}\` is not a 12-digit number.`,
      fix: isAccount(digits)
        ? {
            title: `Write \`${digits}\``,
            edits: edits.setText(resource, withPart(arn, "account", digits)),
          }
        : undefined,
    });
  },
});

/** AWS's own resources have the account `aws`. */
function isAccount(text: string): boolean {
  return text === "" || text === "aws" || /^\d{12}$/.test(text);
}
