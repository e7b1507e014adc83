import { readIpRange } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const invalidConditionIpRange = defineRule({
  name: "invalid-condition-ip-range",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A value under an IP address operator is no address or range",
  fix: "suggestion",
  accessAnalyzer: "TYPE_MISMATCH_IP_RANGE",
  about: { condition: ({ family }) => family === "IpAddress" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-type-mismatch-ip-range",
  ],

  condition({ values }, _statement, { report, edits }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || readIpRange(text) !== undefined) continue;
      const range = rangeOfStars(text);
      report({
        at: node,
        message: `\`${text}\` is neither an IP address nor a range such as \`203.0.113.0/24\`.`,
        fix:
          range === undefined
            ? undefined
            : { title: `Change to \`${range}\``, edits: edits.replaceValue(node, range) },
      });
    }
  },
});

/** `203.0.113.*` is what other systems write for `203.0.113.0/24`. */
function rangeOfStars(text: string): string | undefined {
  const parts = text.split(".");
  const fixed = parts.indexOf("*");
  if (fixed <= 0 || parts.length > 4 || parts.slice(fixed).some((part) => part !== "*")) return undefined;
  const range = `${[...parts.slice(0, fixed), "0", "0", "0"].slice(0, 4).join(".")}/${fixed * 8}`;
  return readIpRange(range) === undefined ? undefined : range;
}
