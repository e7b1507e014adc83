import { defineSyntaxRule } from "../../rule.js";

export const controlCharacter = defineSyntaxRule({
  name: "control-character",
  code: "control-character",
  severity: "error",
  since: "0.1.0",
  summary: "A control character or invisible space stands where JSON allows none",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) => `The character ${text} is not allowed here.`,
  title: ({ text }) => `Replace ${text}`,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
