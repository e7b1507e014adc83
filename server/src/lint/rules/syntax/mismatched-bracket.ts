import { defineSyntaxRule } from "../../rule.js";

export const mismatchedBracket = defineSyntaxRule({
  name: "mismatched-bracket",
  code: "mismatched-bracket",
  severity: "error",
  since: "0.1.0",
  summary: "A bracket is closed by one of the other kind",
  fix: "safe",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  message: ({ text, edits }) => `\`${text}\` does not close this bracket; \`${edits?.[0]?.newText}\` does.`,
  title: ({ text, edits }) => `Replace \`${text}\` with \`${edits?.[0]?.newText}\``,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-json-syntax-error",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],
});
