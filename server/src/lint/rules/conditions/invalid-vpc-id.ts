import { hasWildcard } from "../../../policy/wildcard.js";
import { renameKey } from "../../condition-edits.js";
import { fixedText } from "../../fixed-text.js";
import { abbreviate, defineRule } from "../../rule.js";

export const invalidVpcId = defineRule({
  name: "invalid-vpc-id",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "`aws:SourceVpc` is compared with a text that is no ID of a VPC",
  fix: "suggestion",
  accessAnalyzer: "INVALID_VPC_FORMAT",
  about: { condition: ({ family }, key) => family === "String" && key === "aws:sourcevpc" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-vpc-format",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],

  condition(condition, _statement, { report, edits }) {
    const { values } = condition;
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || hasWildcard(text) || FORM.test(text)) continue;
      report({
        at: node,
        message: `\`${abbreviate(text)}\` is not the ID of a VPC: \`vpc-\` and 8 or 17 letters and digits.`,
        fix: text.startsWith("vpce-")
          ? { title: "Compare `aws:SourceVpce`", edits: renameKey(condition, "aws:SourceVpce", edits) }
          : undefined,
      });
    }
  },
});

const FORM = /^vpc-(?:[0-9A-Za-z]{8}|[0-9A-Za-z]{17})$/;
