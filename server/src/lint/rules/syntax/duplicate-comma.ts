import { defineSyntaxRule } from "../../rule.js";

export const duplicateComma = defineSyntaxRule({
  name: "duplicate-comma",
  code: "duplicate-comma",
  severity: "error",
  since: "0.1.0",
  summary: "A comma has no value in front of it",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "This comma is one too many.",
  title: () => "Remove the comma",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
