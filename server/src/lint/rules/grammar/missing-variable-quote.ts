import { eachVariable, namesKey, withVariable } from "../../each-variable.js";
import { defineRule } from "../../rule.js";

export const missingVariableQuote = defineRule({
  name: "missing-variable-quote",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "The default of a policy variable is not between single quotes",
  fix: "suggestion",
  accessAnalyzer: "MISSING_QUOTE_IN_VARIABLE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-quote-in-variable",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-default-values",
  ],

  ...eachVariable((found, { report, edits }) => {
    const { variable, node, at } = found;
    const { key, defaultValue, closed } = variable;
    if (defaultValue === undefined || !closed || !namesKey(variable)) return;
    if (/^'.*'$/s.test(defaultValue)) return;
    const quoted = `'${defaultValue.replace(/^['"]|['"]$/g, "")}'`;
    report({
      at,
      message: `The default \`${defaultValue}\` is not between single quotes.`,
      fix: {
        title: `Write \`${quoted}\``,
        edits: edits.setText(node, withVariable(found, `\${${key}, ${quoted}}`)),
      },
    });
  }),
});
