import { defineRule } from "../../rule.js";

export const miscasedAction = defineRule({
  name: "miscased-action",
  group: "names",
  severity: "hint",
  since: "0.1.0",
  summary: "An action is written in another case than AWS's",
  fix: "safe",
  standings: ["known"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"],

  action({ value, folded, service, wildcard, node }, _statement, { report, edits, catalogue }) {
    if (wildcard) return;
    const action = catalogue.action(folded);
    if (action === undefined || (value.endsWith(action.name) && value.startsWith(service))) return;
    const name = action.fullName;
    report({
      at: node,
      message: `AWS writes it \`${name}\`.`,
      fix: { title: `Write \`${name}\``, edits: edits.setText(node, name) },
    });
  },
});
