import { removeCondition } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

/** By key in lower case: the resources whose own policy already says it. */
const IRRELEVANT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["s3:resourceaccount", new Set(["AWS::S3::Bucket", "AWS::S3::AccessPoint"])],
]);

export const irrelevantConditionKey = defineRule({
  name: "irrelevant-condition-key",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A resource's own policy asks for the account that the resource is in",
  fix: "suggestion",
  accessAnalyzer: "IRRELEVANT_CONDITION_KEY_IN_POLICY",
  appliesTo: ["resource"],
  about: { condition: (_operator, key) => IRRELEVANT.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-irrelevant-condition-key-in-policy",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
  ],

  condition(condition, _statement, { report, edits, resourceType }) {
    const { key } = condition;
    if (resourceType === undefined || !IRRELEVANT.get(key.value.toLowerCase())?.has(resourceType)) return;
    report({
      at: key,
      message: `\`${key.value}\` has the same value in every request that this policy is asked about.`,
      fix: { title: "Remove the condition", edits: removeCondition(condition, edits) },
    });
  },
});
