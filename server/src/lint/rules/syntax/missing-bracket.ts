import { defineSyntaxRule } from "../../rule.js";

export const missingBracket = defineSyntaxRule({
  name: "missing-bracket",
  code: "missing-bracket",
  severity: "error",
  since: "0.1.0",
  summary: "An opening or closing bracket is missing",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `Missing \`${text}\`.`,
  title: ({ text }) => `Insert \`${text}\``,
  relatedMessage: "The bracket that is not closed.",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
