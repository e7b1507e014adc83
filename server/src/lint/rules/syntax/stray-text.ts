import { abbreviate, defineSyntaxRule } from "../../rule.js";

export const strayText = defineSyntaxRule({
  name: "stray-text",
  code: "stray-text",
  severity: "error",
  since: "0.1.0",
  summary: "Text stands where JSON expects none",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `\`${abbreviate(text)}\` does not belong here.`,
  title: ({ text }) => `Remove \`${abbreviate(text)}\``,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
