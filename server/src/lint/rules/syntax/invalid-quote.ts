import { defineSyntaxRule } from "../../rule.js";

export const invalidQuote = defineSyntaxRule({
  name: "invalid-quote",
  code: "invalid-quote",
  severity: "error",
  since: "0.1.0",
  summary: "A text stands in quotes that JSON does not know",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) =>
    text === '"'
      ? "Quotes inside a text need a backslash."
      : `JSON knows only straight double quotes, not ${text}.`,
  title: ({ text }) => (text === '"' ? "Escape the inner quotes" : "Use straight double quotes"),
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
