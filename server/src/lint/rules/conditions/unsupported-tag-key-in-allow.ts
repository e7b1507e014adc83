import { ALLOW } from "../../../policy/words.js";
import { KINDS_WITH_RESOURCE_TAGS, reportActionsWithoutTags } from "../../resource-tags.js";
import { defineRule } from "../../rule.js";

export const unsupportedTagKeyInAllow = defineRule({
  name: "unsupported-tag-key-in-allow",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "An Allow depends on resource tags, but not all of its services know them",
  fix: "suggestion",
  accessAnalyzer: "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  appliesTo: KINDS_WITH_RESOURCE_TAGS,
  about: { statement: ({ effect, has }) => effect === ALLOW && has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-allow-with-unsupported-tag-condition-key-for-service",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
  ],

  statement(statement, context) {
    reportActionsWithoutTags(statement, "allowed", context);
  },
});
