import { readBoolean } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const invalidConditionBoolean = defineRule({
  name: "invalid-condition-boolean",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A value under `Bool` or `Null` is neither true nor false",
  fix: "suggestion",
  accessAnalyzer: "TYPE_MISMATCH_BOOLEAN",
  about: { condition: ({ family }) => family === "Bool" || family === "Null" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-type-mismatch-boolean",
  ],

  condition({ operator, values }, _statement, { report, edits }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || readBoolean(text) !== undefined) continue;
      const meant = MEANT.get(text.trim().toLowerCase());
      report({
        at: node,
        message: `\`${text}\` is neither \`true\` nor \`false\`, which \`${operator.value}\` compares.`,
        fix:
          meant === undefined
            ? undefined
            : { title: `Change to \`${meant}\``, edits: edits.replaceValue(node, meant) },
      });
    }
  },
});

const MEANT: ReadonlyMap<string, string> = new Map([
  ["yes", "true"],
  ["on", "true"],
  ["1", "true"],
  ["no", "false"],
  ["off", "false"],
  ["0", "false"],
]);
