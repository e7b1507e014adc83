import { defineSyntaxRule } from "../../rule.js";

export const missingValue = defineSyntaxRule({
  name: "missing-value",
  code: "missing-value",
  severity: "error",
  since: "0.1.0",
  summary: "A key has no value",
  fix: "none",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `The key \`${text}\` has no value.`,
  title: () => "",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
