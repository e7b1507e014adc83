import { readBoolean } from "../../../policy/condition-values.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const multipleConditionBooleans = defineRule({
  name: "multiple-condition-booleans",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition asks for several Boolean values at once",
  fix: "safe",
  accessAnalyzer: "INVALID_CONDITION_MULTIPLE_BOOLEAN",
  about: { condition: ({ family }) => family === "Bool" || family === "Null" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-multiple-boolean",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean",
  ],

  condition({ operator, key, member, values }, _statement, { report, edits }) {
    if (values.length < 2) return;
    const [first, ...others] = values.map((node) => readBoolean(fixedText(node) ?? ""));
    const same = first !== undefined && others.every((it) => it === first);
    if (member.value === undefined) return;
    report({
      at: member.value,
      message: `\`${key.value}\` is compared with ${values.length} Boolean values, and \`${operator.value}\` takes one.`,
      fix: same
        ? { title: `Keep \`${first}\``, edits: edits.replaceValue(member.value, String(first)) }
        : undefined,
    });
  },
});
