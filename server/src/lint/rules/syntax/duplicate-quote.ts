import { defineSyntaxRule } from "../../rule.js";

export const duplicateQuote = defineSyntaxRule({
  name: "duplicate-quote",
  code: "duplicate-quote",
  severity: "error",
  since: "0.1.0",
  summary: "Quotes are typed twice",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "The quotes around this text are typed twice.",
  title: () => "Remove the second pair of quotes",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
