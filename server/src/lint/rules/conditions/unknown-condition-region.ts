import { nearest } from "../../../policy/nearest.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { fixedText } from "../../fixed-text.js";
import { abbreviate, defineRule } from "../../rule.js";

export const unknownConditionRegion = defineRule({
  name: "unknown-condition-region",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition names a Region that does not exist",
  fix: "suggestion",
  accessAnalyzer: "INVALID_REGION",
  about: { condition: ({ family }, key) => family === "String" && REGION_KEYS.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-region",
    "https://docs.aws.amazon.com/general/latest/gr/rande.html",
  ],

  condition({ operator, values }, _statement, { report, edits, catalogue }) {
    const folds = operator.base.endsWith("IgnoreCase");
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || hasWildcard(text)) continue;
      if (catalogue.regions.includes(folds ? text.toLowerCase() : text)) continue;
      const meant = nearest(text, catalogue.regions);
      report({
        at: node,
        message: `\`${abbreviate(text)}\` is not a Region.`,
        fix:
          meant === undefined
            ? undefined
            : { title: `Change to \`${meant}\``, edits: edits.replaceValue(node, meant) },
      });
    }
  },
});

const REGION_KEYS: ReadonlySet<string> = new Set([
  "account:targetregion",
  "aws:requestedregion",
  "ec2:region",
  "ec2:vpceserviceregion",
  "kms:primaryregion",
  "kms:replicaregion",
]);
