import { eachVariable, namesKey, withVariable } from "../../each-variable.js";
import { defineRule } from "../../rule.js";

export const spaceInVariable = defineRule({
  name: "space-in-variable",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "The key of a policy variable has a space in it",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_SPACE_IN_VARIABLE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-space-in-variable",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  ],

  ...eachVariable((found, { report, edits }) => {
    const { variable, node, at, text } = found;
    const { key, closed } = variable;
    if (!closed || !/\s/.test(key) || !namesKey(variable)) return;
    const name = key.replace(/\s/g, "");
    report({
      at,
      message: `\`${key}\` has a space in it.`,
      fix: {
        title: `Write \`${name}\``,
        edits: edits.setText(
          node,
          withVariable(
            found,
            text.replace(key, () => name),
          ),
        ),
      },
    });
  }),
});
