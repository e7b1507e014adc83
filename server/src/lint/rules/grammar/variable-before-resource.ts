import { arnFields } from "../../../policy/arn.js";
import { namesKey, variablesIn, withVariable } from "../../each-variable.js";
import { defineRule } from "../../rule.js";

export const variableBeforeResource = defineRule({
  name: "variable-before-resource",
  group: "grammar",
  severity: "warning",
  since: "0.1.0",
  summary: "A policy variable stands before the fifth colon of an ARN",
  fix: "suggestion",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-resourceelement",
  ],

  resource(resource, _statement, { report, edits }) {
    if (!resource.value.startsWith("arn:")) return;
    for (const found of variablesIn(resource)) {
      const { variable, at, text } = found;
      if (!variable.closed || !namesKey(variable)) continue;
      if (arnFields(resource.value.slice(0, variable.start)).length > 5) continue;
      report({
        at,
        message: `AWS fills \`${text}\` only behind the fifth colon of an ARN.`,
        fix: {
          title: "Write `*` instead",
          edits: edits.setText(resource, withVariable(found, "*")),
        },
      });
    }
  },
});
