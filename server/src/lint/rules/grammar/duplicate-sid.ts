import { reportDuplicateSids } from "../../duplicate-sids.js";
import { defineRule } from "../../rule.js";

export const duplicateSid = defineRule({
  name: "duplicate-sid",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "Two statements of a policy have the same name",
  fix: "safe",
  accessAnalyzer: "UNIQUE_SIDS_REQUIRED",
  appliesTo: ["identity", "boundary", "session", "trust", "scp", "rcp"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unique-sids-required",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  ],

  policy(policy, context) {
    reportDuplicateSids(policy, ".", context);
  },
});
