import { listOf } from "../../../policy/policy.js";
import { defineRule } from "../../rule.js";

export const emptyResourceList = defineRule({
  name: "empty-resource-list",
  group: "grammar",
  severity: "info",
  since: "0.1.0",
  summary: "A statement's list of resources is empty",
  fix: "none",
  accessAnalyzer: "EMPTY_ARRAY_RESOURCE",
  absence: true,
  about: { statement: ({ hasEmpty }) => hasEmpty("Resource", "NotResource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-array-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  statement({ elements }, { report }) {
    const list = listOf(elements.Resource);
    if (list?.items.length === 0)
      report({ at: list, message: "`Resource` is empty: the statement does nothing." });
    const notList = listOf(elements.NotResource);
    if (notList?.items.length === 0)
      report({ at: notList, message: "`NotResource` is empty: the statement is about every resource." });
  },
});
