import { isEpochTime, readDate } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const epochConditionDate = defineRule({
  name: "epoch-condition-date",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A date counts seconds since 1970",
  fix: "safe",
  accessAnalyzer: "INVALID_DATE_VALUE",
  about: { condition: ({ family }) => family === "Date" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-invalid-date-value",
  ],

  condition({ values }, _statement, { report, edits }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || !isEpochTime(text)) continue;
      const date = isoDate(readDate(text));
      report({
        at: node,
        message: `\`${text}\` counts seconds since 1970, which may not be the moment that was meant.`,
        fix:
          date === undefined
            ? undefined
            : { title: `Write \`${date}\``, edits: edits.replaceValue(node, date) },
      });
    }
  },
});

/** The moment in ISO 8601, to the second where that is exact. */
function isoDate(milliseconds: number | undefined): string | undefined {
  const date = new Date(milliseconds ?? Number.NaN);
  const year = Number.isNaN(date.getTime()) ? 0 : date.getUTCFullYear();
  return year < 1000 || year > 9999 ? undefined : date.toISOString().replace(".000Z", "Z");
}
