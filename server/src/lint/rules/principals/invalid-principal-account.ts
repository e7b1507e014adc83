import { arnPartSpan } from "../../../policy/arn.js";
import { awsPrincipal } from "../../../policy/aws-principal.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { spanWithin } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const invalidPrincipalAccount = defineRule({
  name: "invalid-principal-account",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "The account of a principal does not have twelve digits",
  fix: "none",
  appliesTo: ["resource", "trust", "endpoint", "unknown"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html",
  ],

  principal(principal, _statement, { report }) {
    const account = awsPrincipal(principal)?.account;
    if (account === undefined || TWELVE_DIGITS.test(account)) return;
    if (account.includes("${") || hasPlaceholder(account) || hasWildcard(account)) return;
    const { node, value } = principal;
    // CloudFront's identities for buckets are users of no account.
    if (account === "cloudfront" && value.includes(":user/CloudFront")) return;
    const whole = account === value || account === "";
    const { start, end } = arnPartSpan(value, "account");
    report({
      at: whole ? principal : spanWithin(node, start, end),
      message:
        account === ""
          ? `\`${value}\` names no account.`
          : `\`${account}\` is not an account: those have twelve digits.`,
    });
  },
});

const TWELVE_DIGITS = /^\d{12}$/;
