import { defineSyntaxRule } from "../../rule.js";

export const byteOrderMark = defineSyntaxRule({
  name: "byte-order-mark",
  code: "byte-order-mark",
  severity: "error",
  since: "0.1.0",
  summary: "The text starts with a byte order mark",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "The text starts with a byte order mark, which AWS does not accept.",
  title: () => "Remove the byte order mark",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
