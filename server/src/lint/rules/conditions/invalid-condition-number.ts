import { readNumber } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const invalidConditionNumber = defineRule({
  name: "invalid-condition-number",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A value under a numeric operator is not a number",
  fix: "none",
  accessAnalyzer: "TYPE_MISMATCH_NUMBER",
  about: { condition: ({ family }) => family === "Numeric" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-number",
  ],

  condition({ operator, values }, _statement, { report }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || readNumber(text) !== undefined) continue;
      report({ at: node, message: `\`${text}\` is not a number, which \`${operator.value}\` compares.` });
    }
  },
});
