import { defineSyntaxRule } from "../../rule.js";

export const invalidLiteral = defineSyntaxRule({
  name: "invalid-literal",
  code: "invalid-literal",
  severity: "error",
  since: "0.1.0",
  summary: "A literal is spelled in another language's way",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `\`${text}\` is not a JSON literal.`,
  title: ({ edits }) => `Replace with \`${edits?.[0]?.newText}\``,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
