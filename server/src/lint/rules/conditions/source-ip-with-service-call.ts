import { addCondition } from "../../../policy/add-condition.js";
import { DENY } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const SOURCE_IP = "aws:sourceip";
const VIA_SERVICE = "aws:ViaAWSService";

/** Each tells calls that a service makes from those of people, in lower case. */
const EXEMPTIONS: ReadonlySet<string> = new Set([
  "aws:viaawsservice",
  "aws:calledvia",
  "aws:calledviafirst",
  "aws:calledvialast",
  "aws:principalisawsservice",
  "aws:principalservicename",
  "aws:principalservicenameslist",
]);

export const sourceIpWithServiceCall = defineRule({
  name: "source-ip-with-service-call",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A Deny by IP address also denies what AWS services do on somebody's behalf",
  fix: "suggestion",
  absence: true,
  about: { condition: ({ base }, key) => key === SOURCE_IP && base === "NotIpAddress" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice",
  ],

  condition({ key }, statement, { report, edits }) {
    if (statement.effect?.value !== DENY) return;
    if (statement.conditions.some((it) => EXEMPTIONS.has(it.key.value.toLowerCase()))) return;
    report({
      at: key,
      message: "A service that acts for the caller comes from an address of its own, and is denied as well.",
      fix: {
        title: `Leave out calls via AWS services`,
        edits: addCondition(statement, "Bool", VIA_SERVICE, "false", edits),
      },
    });
  },
});
