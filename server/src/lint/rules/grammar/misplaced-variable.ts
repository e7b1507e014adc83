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
      if (!node.value.includes("${")) continue;
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

function* elsewhere(statement: Statement): Generator<StringNode | KeyNode> {
  const { sid, effect, actions, notActions, principals, notPrincipals, conditions } = statement;
  if (sid !== undefined) yield sid;
  if (effect !== undefined) yield effect;
  for (const { node } of actions) yield node;
  for (const { node } of notActions) yield node;
  for (const { node } of principals) yield node;
  for (const { node } of notPrincipals) yield node;
  for (const { key } of conditions) yield key;
}
