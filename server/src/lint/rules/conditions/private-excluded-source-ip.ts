import { isNegated } from "../../../policy/condition-types.js";
import { renameKey } from "../../condition-edits.js";
import { isSourceIp, privateAddresses } from "../../private-address.js";
import { defineRule } from "../../rule.js";

export const privateExcludedSourceIp = defineRule({
  name: "private-excluded-source-ip",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "`NotIpAddress` excludes private addresses alone, which `aws:SourceIp` never has",
  fix: "suggestion",
  accessAnalyzer: "PRIVATE_NOT_IP_ADDRESS",
  about: { condition: (operator, key) => isSourceIp(operator, key) && isNegated(operator) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-private-not-ip-address",
  ],

  condition(condition, _statement, { report, edits }) {
    const found = privateAddresses(condition);
    if (found === undefined || found.mixed) return;
    report({
      at: condition.member.value ?? condition.key,
      message: "`aws:SourceIp` holds public addresses, so excluding these private ones excludes nothing.",
      fix: {
        title: "Compare `aws:VpcSourceIp`, the address within a VPC",
        edits: renameKey(condition, "aws:VpcSourceIp", edits),
      },
    });
  },
});
