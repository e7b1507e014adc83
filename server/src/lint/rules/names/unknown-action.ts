import { hasPlaceholder } from "../../../policy/placeholder.js";
import { likelyActions } from "../../likely-actions.js";
import { isLongGone } from "../../long-gone.js";
import { defineRule } from "../../rule.js";

export const unknownAction = defineRule({
  name: "unknown-action",
  group: "names",
  severity: "error",
  since: "0.1.0",
  summary: "An action is none of its service's",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ACTION",
  about: { action: ({ folded }, catalogue) => ["unknown", "retired"].includes(catalogue.standing(folded)) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-action",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  action(action, _statement, { report, edits, catalogue }) {
    const { folded, value } = action;
    const standing = catalogue.standing(folded);
    if (value.includes("${") || hasPlaceholder(value)) return;
    const retired = standing === "retired" ? catalogue.retired(folded) : undefined;
    // `retired-action` speaks of what AWS dropped lately.
    if (standing === "retired" && (retired === undefined || !isLongGone(retired, catalogue))) return;
    const service = catalogue.service(action.service);
    const message =
      retired !== undefined
        ? `\`${value}\` is not an action any more: AWS's reference has been without it since ${retired.since}.`
        : service === undefined
          ? `\`${value}\` is not an action: it has no service in front.`
          : action.wildcard
            ? `\`${value}\` matches no action of ${service.name}.`
            : `\`${value}\` is not an action of ${service.name}.`;
    report({
      at: action,
      message,
      fix: (retired?.successors ?? likelyActions(action, catalogue)).map((it) => ({
        title: `Replace with \`${it}\``,
        edits: edits.setText(action.node, it),
      })),
    });
  },
});
