import { defineSyntaxRule } from "../../rule.js";

export const deepNesting = defineSyntaxRule({
  name: "deep-nesting",
  code: "deep-nesting",
  severity: "error",
  since: "0.1.0",
  summary: "Brackets are nested deeper than any policy can be",
  fix: "none",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `Brackets are nested more than ${text} levels deep; what is inside is not checked.`,
  title: () => "",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
