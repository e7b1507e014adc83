import { addCondition } from "../../../policy/add-condition.js";
import { NULL } from "../../../policy/condition-types.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

interface Pair {
  /** One of them is enough; the first is the one to add. */
  readonly partners: readonly string[];
  readonly placeholder: string;
}

/** Private addresses mean something only within their VPC. By key in lower case. */
const PAIRS: ReadonlyMap<string, Pair> = new Map([
  [
    "aws:vpcsourceip",
    { partners: ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"], placeholder: "<vpc-id>" },
  ],
  ["aws:ec2instancesourceprivateipv4", { partners: ["aws:Ec2InstanceSourceVpc"], placeholder: "<vpc-id>" }],
]);

export const missingPairedKey = defineRule({
  name: "missing-paired-key",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A private address is compared without the VPC in which it means something",
  fix: "suggestion",
  accessAnalyzer: "MISSING_PAIRED_CONDITION_KEYS",
  absence: true,
  about: { condition: ({ base }, key) => base !== NULL && PAIRS.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-paired-condition-keys",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip",
  ],

  condition({ key, values }, statement, { report, edits }) {
    const pair = PAIRS.get(key.value.toLowerCase());
    // A value from the request, such as `${aws:VpcSourceIp}`, is not one address of somebody's choice.
    if (pair === undefined || !values.some((it) => fixedText(it) !== undefined)) return;
    const partners = new Set(pair.partners.map((it) => it.toLowerCase()));
    if (statement.conditions.some((it) => partners.has(it.key.value.toLowerCase()))) return;
    const [partner = ""] = pair.partners;
    report({
      at: key,
      message: `\`${key.value}\` without \`${partner}\` matches that address in every VPC.`,
      fix: {
        title: `Add a condition on \`${partner}\``,
        edits: addCondition(statement, "StringEquals", partner, pair.placeholder, edits),
      },
    });
  },
});
