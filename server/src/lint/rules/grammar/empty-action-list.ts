import { listOf } from "../../../policy/policy.js";
import { defineRule } from "../../rule.js";

export const emptyActionList = defineRule({
  name: "empty-action-list",
  group: "grammar",
  severity: "info",
  since: "0.1.0",
  summary: "A statement's list of actions is empty",
  fix: "none",
  accessAnalyzer: "EMPTY_ARRAY_ACTION",
  absence: true,
  about: { statement: ({ hasEmpty }) => hasEmpty("Action", "NotAction") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
  ],

  statement({ elements }, { report }) {
    const list = listOf(elements.Action);
    if (list?.items.length === 0)
      report({ at: list, message: "`Action` is empty: the statement does nothing." });
    const notList = listOf(elements.NotAction);
    if (notList?.items.length === 0)
      report({ at: notList, message: "`NotAction` is empty: the statement is about every action." });
  },
});
