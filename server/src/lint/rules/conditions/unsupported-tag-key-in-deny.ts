import { DENY } from "../../../policy/words.js";
import { KINDS_WITH_RESOURCE_TAGS, reportActionsWithoutTags } from "../../resource-tags.js";
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

  statement(statement, context) {
    reportActionsWithoutTags(statement, "denied", context);
  },
});
