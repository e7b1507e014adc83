import { CONDITION_OPERATORS, operatorBlocks, parseOperator } from "../../../policy/condition.js";
import { nearest } from "../../../policy/nearest.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import { renameOperator } from "../../condition-edits.js";
import { abbreviate, defineRule } from "../../rule.js";

export const unknownConditionOperator = defineRule({
  name: "unknown-condition-operator",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "There is no such condition operator",
  fix: "suggestion",
  accessAnalyzer: "INVALID_CONDITION_OPERATOR",
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-condition-operator",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  statement(statement, { report, edits }) {
    for (const block of operatorBlocks(statement.elements.Condition)) {
      const { value } = block.key;
      if (parseOperator(value).known || hasPlaceholder(value)) continue;
      const meant = meantOperator(value);
      report({
        at: block.key,
        message: `\`${abbreviate(value) || '""'}\` is not a condition operator.`,
        fix:
          meant === undefined
            ? undefined
            : { title: `Change to \`${meant}\``, edits: renameOperator(block, statement, meant, edits) },
      });
    }
  },
});

const QUALIFIERS = ["ForAllValues:", "ForAnyValue:"];
const NAMES = CONDITION_OPERATORS.flatMap((name) => [name, `${name}IfExists`]);

/** Qualifier and name each have their own nearest, so that one slip in both is still understood. */
function meantOperator(value: string): string | undefined {
  const colon = value.indexOf(":") + 1;
  const qualifier = colon === 0 ? "" : nearest(value.slice(0, colon), QUALIFIERS);
  const name = nearest(value.slice(colon), NAMES);
  return qualifier === undefined || name === undefined ? undefined : qualifier + name;
}
