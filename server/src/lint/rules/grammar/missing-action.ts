import { isMissing } from "../../element-meant.js";
import { defineRule } from "../../rule.js";

export const missingAction = defineRule({
  name: "missing-action",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A statement names no actions",
  fix: "none",
  accessAnalyzer: "MISSING_ACTION",
  absence: true,
  about: { statement: ({ has }) => !has("Action", "NotAction") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
  ],

  statement(statement, { report }) {
    if (!isMissing(statement, "Action", "NotAction")) return;
    report({ at: statement, message: "The statement has neither `Action` nor `NotAction`." });
  },
});
