import { keyFault, tagFamily } from "../../condition-key.js";
import { defineRule } from "../../rule.js";

export const missingTagKey = defineRule({
  name: "missing-tag-key",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition key for tags does not say which tag",
  fix: "none",
  accessAnalyzer: "MISSING_TAG_KEY_IN_CONDITION",
  about: { condition: (_operator, key, catalogue) => keyFault(key, catalogue) === "tag-key" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-tag-key-in-condition",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",
  ],

  condition({ key }, _statement, { report, catalogue }) {
    const family = tagFamily(key.value, catalogue);
    report({
      at: key,
      message: `\`${key.value}\` does not say which tag: it takes the form \`${family}team\`.`,
    });
  },
});
