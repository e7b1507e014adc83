import { operatorBlocks, parseOperator } from "../../../policy/condition.js";
import { NULL, writeOperator } from "../../../policy/condition-types.js";
import { renameOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const nullWithIfExists = defineRule({
  name: "null-with-if-exists",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "`Null` has the suffix `IfExists`",
  fix: "safe",
  accessAnalyzer: "NULL_WITH_IF_EXISTS",
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-null-with-if-exists",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
  ],

  statement(statement, { report, edits }) {
    for (const block of operatorBlocks(statement.elements.Condition)) {
      const operator = parseOperator(block.key.value);
      if (operator.base !== NULL || !operator.ifExists) continue;
      const meant = writeOperator({ ...operator, ifExists: false });
      report({
        at: block.key,
        message: `\`Null\` takes no \`IfExists\`: it asks itself whether the key exists.`,
        fix: { title: `Change to \`${meant}\``, edits: renameOperator(block, statement, meant, edits) },
      });
    }
  },
});
