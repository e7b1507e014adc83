import { defineRule } from "../../rule.js";

export const miscasedAction = defineRule({
  name: "miscased-action",
  group: "names",
  severity: "hint",
  since: "0.1.0",
  summary: "An action is written in another case than AWS's",
  fix: "safe",
  about: {
    action: ({ value, folded, wildcard }, catalogue) =>
      !wildcard && catalogue.standing(folded) === "known" && catalogue.action(folded)?.fullName !== value,
  },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"],

  action({ folded, node }, _statement, { report, edits, catalogue }) {
    const name = catalogue.action(folded)?.fullName;
    if (name === undefined) return;
    report({
      at: node,
      message: `AWS writes it \`${name}\`.`,
      fix: { title: `Write \`${name}\``, edits: edits.setText(node, name) },
    });
  },
});
