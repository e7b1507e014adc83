import { reportDuplicateSids } from "../../duplicate-sids.js";
import { defineRule } from "../../rule.js";

export const repeatedSid = defineRule({
  name: "repeated-sid",
  group: "grammar",
  severity: "warning",
  since: "0.1.0",
  summary: "Two statements of a resource policy have the same name",
  fix: "safe",
  accessAnalyzer: "UNIQUE_SIDS_RECOMMENDED",
  appliesTo: ["resource", "endpoint", "unknown"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-unique-sids-recommended",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  ],

  policy(policy, context) {
    reportDuplicateSids(policy, ", which some services refuse.", context);
  },
});
