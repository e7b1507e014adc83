import { defineSyntaxRule } from "../../rule.js";

export const invalidEscape = defineSyntaxRule({
  name: "invalid-escape",
  code: "invalid-escape",
  severity: "error",
  since: "0.1.0",
  summary: "A backslash is followed by a character that it cannot escape",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `\`${text}\` is not an escape sequence of JSON.`,
  title: () => "Double the backslash",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
