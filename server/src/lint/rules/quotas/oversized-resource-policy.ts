import { RESOURCE_POLICIES } from "../../../policy/policy-quota.js";
import { mayExceed, sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedResourcePolicy = defineRule({
  name: "oversized-resource-policy",
  group: "quotas",
  severity: "warning",
  since: "0.1.0",
  summary: "A resource policy is longer than its service takes",
  fix: "safe",
  accessAnalyzer: "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
  appliesTo: ["resource"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-policy-size-exceeds-resource-policy-quota",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html",
  ],

  policy({ node }, { report, edits, text, resourceType = "" }) {
    const quota = RESOURCE_POLICIES.get(resourceType);
    if (quota === undefined || !mayExceed(node, quota)) return;
    const { bytes, characters, dense } = sizeOf(text, node);
    if (bytes <= quota) return;
    const fits = bytes - (characters - dense) <= quota;
    report({
      at: node,
      message: `The policy has ${bytes} bytes; \`${resourceType}\` takes ${quota}.`,
      fix: fits ? { title: "Take out the white space", edits: edits.minify(node) } : undefined,
    });
  },
});
