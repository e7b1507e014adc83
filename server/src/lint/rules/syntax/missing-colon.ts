import { defineSyntaxRule } from "../../rule.js";

export const missingColon = defineSyntaxRule({
  name: "missing-colon",
  code: "missing-colon",
  severity: "error",
  since: "0.1.0",
  summary: "The colon between a key and its value is missing",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text }) =>
    text === ":"
      ? "Missing colon after the key."
      : `A colon separates a key from its value, not \`${text}\`.`,
  title: () => "Insert the colon",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
