import { isNegated } from "../../../policy/condition-types.js";
import { fixedText } from "../../fixed-text.js";
import { isSourceIp, privateAddresses } from "../../private-address.js";
import { defineRule } from "../../rule.js";

export const partlyPrivateSourceIp = defineRule({
  name: "partly-private-source-ip",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "Some addresses that `aws:SourceIp` is compared with are private",
  fix: "suggestion",
  accessAnalyzer: "PRIVATE_IP_ADDRESS_SUBSET",
  about: { condition: (operator, key) => isSourceIp(operator, key) && !isNegated(operator) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-private-ip-address-subset",
  ],

  condition(condition, _statement, { report, edits }) {
    const found = privateAddresses(condition);
    if (found === undefined || !found.mixed) return;
    const names = found.values.map((node) => `\`${fixedText(node)}\``).join(", ");
    report({
      at: condition.member.value ?? condition.key,
      message: `A private address never matches, as \`aws:SourceIp\` holds public ones: ${names}.`,
      fix: { title: `Remove ${names}`, edits: edits.removeItems(found.values) },
    });
  },
});
