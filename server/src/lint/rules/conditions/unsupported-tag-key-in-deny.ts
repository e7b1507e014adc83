import { DENY } from "../../../policy/words.js";
import { moveActions } from "../../move-actions.js";
import { actionsWithoutTags, KINDS_WITH_RESOURCE_TAGS, resourceTagConditions } from "../../resource-tags.js";
import { defineRule } from "../../rule.js";

export const unsupportedTagKeyInDeny = defineRule({
  name: "unsupported-tag-key-in-deny",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A Deny depends on resource tags, but not all of its services know them",
  fix: "suggestion",
  accessAnalyzer: "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  appliesTo: KINDS_WITH_RESOURCE_TAGS,
  about: { statement: ({ effect, has }) => effect === DENY && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-deny-with-unsupported-tag-condition-key-for-service",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
  ],

  statement(statement, { report, catalogue, edits }) {
    for (const { key } of resourceTagConditions(statement)) {
      const actions = actionsWithoutTags(statement, catalogue);
      const [first, ...others] = actions;
      if (first === undefined) break;
      const what =
        others.length === 0 ? `\`${first.value}\`` : `\`${first.value}\` and ${others.length} more`;
      const never = others.length === 0 ? "is never denied" : "are never denied";
      report({
        at: first,
        message: `${what} ${never} here: no resource tags such as \`${key.value}\` are sent.`,
        related: [
          { at: key, message: "The condition on a tag." },
          ...others.map((other) => ({ at: other, message: "Sends no resource tags either." })),
        ],
        fix: moveActions(statement, actions, key.value, edits),
      });
    }
  },
});
