import { grantable } from "../../attached-resource.js";
import { defineRule } from "../../rule.js";

export const foreignAction = defineRule({
  name: "foreign-action",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "A resource policy names an action that it can never grant",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_ACTION_IN_POLICY",
  appliesTo: ["resource", "trust"],
  about: { action: ({ value }) => value !== "*" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-in-policy",
  ],

  action(action, _statement, context) {
    if (context.kind === "resource" && context.resourceType === undefined) return;
    const supports = grantable(context);
    const actions = supports === undefined ? [] : context.catalogue.expand(action.value);
    // An unknown action has a rule of its own.
    if (supports === undefined || actions.length === 0 || actions.some(supports)) return;
    const what =
      context.kind === "trust" ? "a role’s trust policy" : `the policy of an \`${context.resourceType}\``;
    context.report({
      at: action,
      message: `\`${action.value}\` cannot be granted by ${what}.`,
      fix: { title: `Remove \`${action.value}\``, edits: context.edits.removeItem(action.node) },
    });
  },
});
