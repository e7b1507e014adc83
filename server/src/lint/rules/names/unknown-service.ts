import { hasPlaceholder } from "../../../policy/placeholder.js";
import { likelyServices } from "../../likely-actions.js";
import { REJECTED_SERVICES } from "../../long-gone.js";
import { defineRule } from "../../rule.js";

export const unknownService = defineRule({
  name: "unknown-service",
  group: "names",
  severity: "error",
  since: "0.1.0",
  summary: "An action's prefix is no service of AWS",
  fix: "suggestion",
  accessAnalyzer: "INVALID_SERVICE_IN_ACTION",
  about: {
    action: ({ folded }, catalogue) =>
      ["unknown-service", "retired-service"].includes(catalogue.standing(folded)),
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-in-action",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  action(action, _statement, { report, edits, catalogue }) {
    const { folded, value, service, node } = action;
    const standing = catalogue.standing(folded);
    const rejected = standing === "retired-service" && REJECTED_SERVICES.has(service);
    if (standing !== "unknown-service" && !rejected) return;
    if (value.includes("${") || hasPlaceholder(value)) return;
    const prefix = value.slice(0, service.length);
    report({
      at: action,
      message: `\`${prefix}\` is not a service of AWS${rejected ? " any more" : ""}.`,
      fix: (rejected ? [] : likelyServices(action, catalogue)).map((it) => ({
        title: `Replace with \`${it}\``,
        edits: edits.setText(node, it),
      })),
    });
  },
});
