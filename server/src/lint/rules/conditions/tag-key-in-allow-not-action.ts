import { ALLOW } from "../../../policy/words.js";
import { KINDS_WITH_RESOURCE_TAGS, resourceTagConditions } from "../../resource-tags.js";
import { defineRule } from "../../rule.js";

export const tagKeyInAllowNotAction = defineRule({
  name: "tag-key-in-allow-not-action",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "An Allow with `NotAction` depends on resource tags, which many actions never send",
  fix: "none",
  accessAnalyzer: "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  appliesTo: KINDS_WITH_RESOURCE_TAGS,
  about: { statement: ({ effect, has }) => effect === ALLOW && has("NotAction") && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-allow-notaction-with-unsupported-tag-condition-key-for-service",
  ],

  statement(statement, { report }) {
    if (statement.notActions.length === 0) return;
    for (const { key } of resourceTagConditions(statement)) {
      report({
        at: key,
        message:
          "Actions that send no resource tags are not allowed, and `NotAction` takes in many of those.",
      });
    }
  },
});
