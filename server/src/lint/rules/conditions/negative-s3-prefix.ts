import { isNegated } from "../../../policy/condition-types.js";
import { ALLOW, DENY } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const PREFIX = "s3:prefix";

export const negativeS3Prefix = defineRule({
  name: "negative-s3-prefix",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "Listing is kept from a prefix, which a request for a shorter prefix gets around",
  fix: "none",
  accessAnalyzer: "S3_PREFIX_IN_NEGATIVE_CONTEXT",
  about: { condition: ({ base }, key) => key === PREFIX && base.startsWith("String") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-s3-prefix-in-negative-context",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
  ],

  condition({ key, operator }, { effect }, { report }) {
    if (effect?.value !== (isNegated(operator) ? ALLOW : DENY)) return;
    const way = effect.value === DENY ? `\`${DENY}\` with` : `\`${ALLOW}\` with`;
    report({
      at: key,
      message: `${way} \`${operator.value}\` does not hide these objects: a request for a shorter prefix lists them.`,
    });
  },
});
