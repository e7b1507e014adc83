import { addCondition } from "../../../policy/add-condition.js";
import { parseArn } from "../../../policy/arn.js";
import { NULL } from "../../../policy/condition-types.js";
import type { Statement } from "../../../policy/policy.js";
import { ALLOW } from "../../../policy/words.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule, type RuleContext } from "../../rule.js";

interface Pair {
  /** One of them is enough; the first is the one to add. */
  readonly partners: readonly string[];
  readonly placeholder: string;
  /** What the key does without any of them, to end a sentence with. */
  readonly alone: string;
  /** For which values that is so; all unless said. */
  readonly fits?: (value: string) => boolean;
  /** For which statements; all unless said. */
  readonly concerns?: (statement: Statement, context: RuleContext) => boolean;
}

const ANY_VPC = { placeholder: "<vpc-id>", alone: "matches that address in every VPC" };

/** By key in lower case. */
const PAIRS: ReadonlyMap<string, Pair> = new Map<string, Pair>([
  ["aws:vpcsourceip", { ...ANY_VPC, partners: ["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"] }],
  ["aws:ec2instancesourceprivateipv4", { ...ANY_VPC, partners: ["aws:Ec2InstanceSourceVpc"] }],
  [
    "aws:sourcearn",
    {
      partners: ["aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"],
      placeholder: "<aws-account-id>",
      alone: "does not say whose resource it is, for its ARN has no account",
      fits: (value) => parseArn(value)?.account === "",
      concerns: ({ effect }, { kind }) =>
        effect?.value === ALLOW && (kind === "resource" || kind === "trust"),
    },
  ],
]);

export const missingPairedKey = defineRule({
  name: "missing-paired-key",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A condition key is compared without the one beside it that it needs to mean something",
  fix: "suggestion",
  accessAnalyzer: "MISSING_PAIRED_CONDITION_KEYS",
  absence: true,
  about: { condition: ({ base }, key) => base !== NULL && PAIRS.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-paired-condition-keys",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip",
  ],

  condition({ key, values }, statement, context) {
    const pair = PAIRS.get(key.value.toLowerCase());
    if (pair === undefined || pair.concerns?.(statement, context) === false) return;
    // A value from the request, such as `${aws:VpcSourceIp}`, is not one address of somebody's choice.
    const texts = values.map(fixedText).filter((it) => it !== undefined);
    if (!texts.some((it) => pair.fits?.(it) ?? true)) return;
    const partners = new Set(pair.partners.map((it) => it.toLowerCase()));
    if (statement.conditions.some((it) => partners.has(it.key.value.toLowerCase()))) return;
    const [partner = ""] = pair.partners;
    context.report({
      at: key,
      message: `\`${key.value}\` without \`${partner}\` ${pair.alone}.`,
      fix: {
        title: `Add a condition on \`${partner}\``,
        edits: addCondition(statement, "StringEquals", partner, pair.placeholder, context.edits),
      },
    });
  },
});
