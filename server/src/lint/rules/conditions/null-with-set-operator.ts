import { operatorBlocks, parseOperator } from "../../../policy/condition.js";
import { NULL, writeOperator } from "../../../policy/condition-types.js";
import { renameOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const nullWithSetOperator = defineRule({
  name: "null-with-set-operator",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "`Null` has a set operator in front",
  fix: "suggestion",
  accessAnalyzer: "NULL_WITH_QUALIFIER",
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-null-with-qualifier",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  statement(statement, { report, edits }) {
    for (const block of operatorBlocks(statement.elements.Condition)) {
      const operator = parseOperator(block.key.value);
      if (operator.base !== NULL || operator.qualifier === undefined) continue;
      const meant = writeOperator({ ...operator, qualifier: undefined });
      report({
        at: block.key,
        message: `\`${operator.qualifier}:Null\` is always ${operator.qualifier === "ForAllValues"}, whatever the request holds.`,
        fix: { title: `Change to \`${meant}\``, edits: renameOperator(block, statement, meant, edits) },
      });
    }
  },
});
