import { hasPlaceholder } from "../../../policy/placeholder.js";
import { likelyServices } from "../../likely-actions.js";
import { defineRule } from "../../rule.js";

export const unknownService = defineRule({
  name: "unknown-service",
  group: "names",
  severity: "error",
  since: "0.1.0",
  summary: "An action's prefix is no service of AWS",
  fix: "suggestion",
  accessAnalyzer: "INVALID_SERVICE_IN_ACTION",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-in-action",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  action(action, _statement, { report, edits, catalogue }) {
    if (catalogue.standing(action.folded) !== "unknown-service") return;
    const { value, node } = action;
    if (value.includes("${") || hasPlaceholder(value)) return;
    const prefix = value.slice(0, value.indexOf(":"));
    report({
      at: action,
      message: `\`${prefix}\` is not a service of AWS.`,
      fix: likelyServices(action, catalogue).map((it) => ({
        title: `Replace with \`${it}\``,
        edits: edits.setText(node, it),
      })),
    });
  },
});
