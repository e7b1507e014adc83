import { defineSyntaxRule } from "../../rule.js";

export const invalidNumber = defineSyntaxRule({
  name: "invalid-number",
  code: "invalid-number",
  severity: "error",
  since: "0.1.0",
  summary: "A number is not written as JSON writes numbers",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `\`${text}\` is not a number in JSON.`,
  title: ({ text }) => `Put \`${text}\` in quotes`,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
