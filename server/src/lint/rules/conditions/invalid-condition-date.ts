import { readDate } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const invalidConditionDate = defineRule({
  name: "invalid-condition-date",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A value under a date operator is not a date",
  fix: "none",
  accessAnalyzer: "TYPE_MISMATCH_DATE",
  about: { condition: ({ family }) => family === "Date" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-date",
  ],

  condition({ values }, _statement, { report }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || readDate(text) !== undefined) continue;
      report({
        at: node,
        message: `\`${text}\` is not a date such as \`2026-01-31\` or \`2026-01-31T12:00:00Z\`.`,
      });
    }
  },
});
