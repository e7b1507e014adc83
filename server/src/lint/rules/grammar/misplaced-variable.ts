import type { Statement } from "../../../policy/policy.js";
import type { KeyNode, StringNode } from "../../../syntax/tree.js";
import { namesKey, variablesIn } from "../../each-variable.js";
import { defineRule } from "../../rule.js";

export const misplacedVariable = defineRule({
  name: "misplaced-variable",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A policy variable stands where AWS fills none",
  fix: "none",
  accessAnalyzer: "VARIABLE_UNSUPPORTED_IN_ELEMENT",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-variable-unsupported-in-element",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse",
  ],

  statement(statement, { report }) {
    for (const node of elsewhere(statement)) {
      for (const { variable, at, text } of variablesIn(node)) {
        if (!variable.closed || !namesKey(variable)) continue;
        report({
          at,
          message: `AWS does not fill \`${text}\` here, only in resources and condition values.`,
        });
      }
    }
  },
});

/** Texts with a variable, except where AWS fills them. */
function elsewhere(statement: Statement): readonly (StringNode | KeyNode)[] {
  const { sid, effect, actions, notActions, principals, notPrincipals, conditions } = statement;
  const found: (StringNode | KeyNode)[] = [];
  const look = (node: StringNode | KeyNode | undefined) => {
    if (node?.value.includes("${")) found.push(node);
  };
  look(sid);
  look(effect);
  for (const list of [actions, notActions]) for (const it of list) if (it.words.variable) found.push(it.node);
  for (const list of [principals, notPrincipals]) for (const { node } of list) look(node);
  for (const { key } of conditions) look(key);
  return found;
}
