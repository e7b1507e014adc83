import { readBase64 } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { abbreviate, defineRule } from "../../rule.js";

export const invalidConditionBinary = defineRule({
  name: "invalid-condition-binary",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A value under `BinaryEquals` is not Base64",
  fix: "none",
  accessAnalyzer: "TYPE_MISMATCH_STRING",
  about: { condition: ({ family }) => family === "Binary" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-string",
  ],

  condition({ operator, values }, _statement, { report }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || readBase64(text) !== undefined) continue;
      report({
        at: node,
        message: `\`${abbreviate(text)}\` is not Base64, which \`${operator.value}\` compares.`,
      });
    }
  },
});
