import { clearedRange, readIpRange } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const impreciseIpRange = defineRule({
  name: "imprecise-ip-range",
  group: "conditions",
  severity: "hint",
  since: "0.1.0",
  summary: "An IP range has bits set behind its prefix, which count for nothing",
  fix: "safe",
  accessAnalyzer: "IMPROVE_IP_RANGE",
  about: { condition: ({ family }) => family === "IpAddress" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-improve-ip-range",
  ],

  condition({ values }, _statement, { report, edits }) {
    for (const node of values) {
      const text = fixedText(node);
      const range = text === undefined ? undefined : readIpRange(text);
      const cleared = range && clearedRange(range);
      if (cleared === undefined) continue;
      report({
        at: node,
        message: `\`${text}\` is the range \`${cleared}\`: the bits behind the prefix are ignored.`,
        fix: { title: `Write \`${cleared}\``, edits: edits.replaceValue(node, cleared) },
      });
    }
  },
});
