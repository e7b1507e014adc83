import { eachVariable, withVariable } from "../../each-variable.js";
import { defineRule } from "../../rule.js";

export const emptyVariable = defineRule({
  name: "empty-variable",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A policy variable names no key",
  fix: "suggestion",
  accessAnalyzer: "EMPTY_VARIABLE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-empty-variable",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  ],

  ...eachVariable((found, { report, edits }) => {
    const { variable, node, at, text } = found;
    if (!variable.closed || variable.key.trim() !== "") return;
    report({
      at,
      message: `\`${text}\` names no key.`,
      fix: { title: `Remove \`${text}\``, edits: edits.setText(node, withVariable(found, "")) },
    });
  }),
});
