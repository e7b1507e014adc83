import { patternsOverlap } from "../../../policy/wildcard.js";
import { fixedText } from "../../fixed-text.js";
import { abbreviate, defineRule } from "../../rule.js";

export const invalidKmsKeyArn = defineRule({
  name: "invalid-kms-key-arn",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition on a KMS key is compared with something else than the ARN of one",
  fix: "none",
  accessAnalyzer: "INVALID_KMS_KEY_VALUE",
  about: {
    condition: ({ family }, key, catalogue) =>
      (family === "String" || family === "Arn") &&
      KMS_KEY.test(key) &&
      catalogue.conditionKey(key)?.type === "ARN",
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-kms-key-value",
    "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN",
  ],

  condition({ key, values }, _statement, { report }) {
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || patternsOverlap(text, KEY_ARN)) continue;
      report({
        at: node,
        message: `\`${abbreviate(text)}\` is not the ARN of a KMS key, which \`${key.value}\` holds.`,
      });
    }
  },
});

const KMS_KEY = /kms-?key-?(?:arn|id)?$/i;
const KEY_ARN = "arn:?*:kms:?*:?*:key/?*";
