import { defineSyntaxRule } from "../../rule.js";

export const loneSurrogate = defineSyntaxRule({
  name: "lone-surrogate",
  code: "lone-surrogate",
  severity: "error",
  since: "0.1.0",
  summary: "Half of a surrogate pair stands alone",
  fix: "none",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `${text} is half of a character; the other half is missing.`,
  title: () => "",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
