import type { Catalogue } from "../../../catalogue/catalogue.js";
import { eachVariable, withVariable } from "../../each-variable.js";
import { abbreviate, defineRule } from "../../rule.js";

export const missingVariableBrace = defineRule({
  name: "missing-variable-brace",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A policy variable has no closing brace",
  fix: "suggestion",
  accessAnalyzer: "MISSING_BRACE_IN_VARIABLE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-brace-in-variable",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
  ],

  ...eachVariable((found, { catalogue, report, edits }) => {
    const { variable, node, at, text } = found;
    if (variable.closed) return;
    const length = "${".length + keyLength(text.slice("${".length), catalogue);
    const closed = `${text.slice(0, length)}}${text.slice(length)}`;
    report({
      at,
      message: `\`${abbreviate(text)}\` has no closing brace.`,
      fix:
        length === "${".length
          ? undefined
          : {
              title: `Write \`${text.slice(0, length)}}\``,
              edits: edits.setText(node, withVariable(found, closed)),
            },
    });
  }),
});

/** How much of the text is the key: up to the first slash where that makes a key that AWS has, or to the second. */
function keyLength(text: string, catalogue: Catalogue): number {
  const [whole = "", first = ""] = /^([\w.-]+:[\w.:=+@-]+)(?:\/[\w.:=+@-]+)?/.exec(text) ?? [];
  return catalogue.conditionKey(first) === undefined && catalogue.conditionKey(whole) !== undefined
    ? whole.length
    : first.length;
}
