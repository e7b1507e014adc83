import { defineSyntaxRule } from "../../rule.js";

export const missingComma = defineSyntaxRule({
  name: "missing-comma",
  code: "missing-comma",
  severity: "error",
  since: "0.1.0",
  summary: "The comma between two values is missing",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "Missing comma.",
  title: () => "Insert the comma",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
