import type { Policy } from "../../../policy/policy.js";
import { isEscapeVariable } from "../../../policy/variable.js";
import { CURRENT_VERSION } from "../../../policy/words.js";
import { itemsOf } from "../../../syntax/tree.js";
import { namesKey, type VariableAt, variablesIn } from "../../each-variable.js";
import { defineRule } from "../../rule.js";

export const variableInOldVersion = defineRule({
  name: "variable-in-old-version",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A policy variable stands in a policy whose version has none",
  fix: "suggestion",
  accessAnalyzer: "VARIABLE_UNSUPPORTED_IN_VERSION",
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-variable-unsupported-in-version",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
  ],

  policy(policy, { version, report, edits }) {
    // A version that AWS does not know has a rule of its own.
    if (version !== OLD_VERSION) return;
    const fix = {
      title: `Set the version to \`${CURRENT_VERSION}\``,
      edits:
        policy.version === undefined
          ? edits.prependMember(policy.node, "Version", CURRENT_VERSION)
          : edits.setText(policy.version, CURRENT_VERSION),
    };
    for (const { variable, at, text } of variables(policy)) {
      if (!variable.closed || !(namesKey(variable) || isEscapeVariable(variable))) continue;
      report({ at, message: `\`${text}\` is plain text in a policy of version \`${version}\`.`, fix });
    }
  },
});

const OLD_VERSION = "2008-10-17";

function variables({ statements }: Policy): readonly VariableAt[] {
  return statements
    .flatMap(({ resources, notResources, conditions }) => [
      ...resources,
      ...notResources,
      ...conditions.flatMap(({ values }) => values.flatMap(itemsOf)),
    ])
    .flatMap((node) => (node.type === "string" ? variablesIn(node) : []));
}
