import { defineSyntaxRule } from "../../rule.js";

export const emptyDocument = defineSyntaxRule({
  name: "empty-document",
  code: "empty-document",
  severity: "error",
  since: "0.1.0",
  summary: "The text is empty",
  fix: "none",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "The document is empty: a policy needs at least a `Statement`.",
  title: () => "",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
