import { abbreviate, defineSyntaxRule } from "../../rule.js";

export const unquotedText = defineSyntaxRule({
  name: "unquoted-text",
  code: "unquoted-text",
  severity: "error",
  since: "0.1.0",
  summary: "A key or text has no quotes",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `\`${abbreviate(text)}\` needs quotes.`,
  title: ({ text }) => `Put \`${abbreviate(text)}\` in quotes`,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
