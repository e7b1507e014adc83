import { readNumber } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const redundantConditionNumber = defineRule({
  name: "redundant-condition-number",
  group: "conditions",
  severity: "hint",
  since: "0.1.0",
  summary: "A bound has several numbers, of which one decides",
  fix: "safe",
  accessAnalyzer: "REDUNDANT_CONDITION_VALUE_NUM",
  about: { condition: ({ family, base }) => family === "Numeric" && /^Numeric(?:Less|Greater)/.test(base) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-condition-value-num",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric",
  ],

  condition({ operator, key, member, values }, _statement, { report, edits }) {
    if (values.length < 2 || member.value === undefined) return;
    const upper = operator.base.startsWith("NumericLess");
    let decisive = values[0];
    let bound: number | undefined;
    for (const node of values) {
      const number = readNumber(fixedText(node) ?? "");
      if (number === undefined) return;
      if (bound !== undefined && (upper ? number <= bound : number >= bound)) continue;
      bound = number;
      decisive = node;
    }
    if (decisive === undefined || bound === undefined) return;
    report({
      at: member.value,
      message: `Of these values of \`${key.value}\`, only the ${upper ? "greatest" : "least"} counts: \`${bound}\`.`,
      fix: {
        title: `Keep \`${bound}\` alone`,
        edits: edits.replaceValue(member.value, decisive.type === "string" ? decisive.value : bound),
      },
    });
  },
});
