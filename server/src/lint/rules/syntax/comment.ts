import { defineSyntaxRule } from "../../rule.js";

export const comment = defineSyntaxRule({
  name: "comment",
  code: "comment",
  severity: "error",
  since: "0.1.0",
  summary: "A comment stands in a JSON policy",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: () => "JSON has no comments: AWS rejects this policy.",
  title: () => "Remove the comment",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
