import { defineRule } from "../../rule.js";

export const operationNotAction = defineRule({
  name: "operation-not-action",
  group: "names",
  severity: "error",
  since: "0.1.0",
  summary: "An API operation is named where the action is meant that permits it",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ACTION",
  about: { action: ({ folded }, catalogue) => catalogue.standing(folded) === "operation" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-action",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
  ],

  action(action, statement, { report, edits, catalogue }) {
    const permitted = catalogue.authorisedBy(action.folded) ?? [];
    const there = new Set([...statement.actions, ...statement.notActions].map(({ folded }) => folded));
    const lacking = permitted.filter((it) => !there.has(it.toLowerCase()));
    const names = permitted.map((it) => `\`${it}\``).join(", ");
    report({
      at: action,
      message: `\`${action.value}\` is an operation, not an action; ${names} ${permitted.length === 1 ? "permits" : "permit"} it.`,
      fix:
        lacking.length === 0
          ? { title: `Remove \`${action.value}\``, edits: edits.removeItem(action.node) }
          : {
              title: `Replace with ${lacking.map((it) => `\`${it}\``).join(", ")}`,
              edits: edits.replaceItem(action.node, lacking),
            },
    });
  },
});
