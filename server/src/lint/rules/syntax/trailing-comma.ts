import { defineSyntaxRule } from "../../rule.js";

export const trailingComma = defineSyntaxRule({
  name: "trailing-comma",
  code: "trailing-comma",
  severity: "error",
  since: "0.1.0",
  summary: "A comma stands before a closing bracket",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "JSON allows no comma before a closing bracket.",
  title: () => "Remove the comma",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
