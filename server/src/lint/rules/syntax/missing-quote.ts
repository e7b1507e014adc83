import { defineSyntaxRule } from "../../rule.js";

export const missingQuote = defineSyntaxRule({
  name: "missing-quote",
  code: "missing-quote",
  severity: "error",
  since: "0.1.0",
  summary: "A quote at one end of a text is missing",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "Missing quote.",
  title: ({ text }) => `Insert \`${text}\``,
  relatedMessage: "The other quote.",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
