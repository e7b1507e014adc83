import { defineSyntaxRule } from "../../rule.js";

export const missingKey = defineSyntaxRule({
  name: "missing-key",
  code: "missing-key",
  severity: "error",
  since: "0.1.0",
  summary: "A value has no key",
  fix: "none",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "A key is missing in front of this value.",
  title: () => "",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
