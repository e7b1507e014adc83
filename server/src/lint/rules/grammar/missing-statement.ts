import { isIntrinsic } from "../../../policy/intrinsic.js";
import { nearest } from "../../../policy/nearest.js";
import { DOCUMENT_ELEMENTS } from "../../../policy/words.js";
import { itemsOf } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const missingStatement = defineRule({
  name: "missing-statement",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "The policy has no statement",
  fix: "none",
  accessAnalyzer: "MISSING_STATEMENT",
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-statement",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html",
  ],

  policy({ node, elements }, { report }) {
    const statement = elements.Statement;
    if (statement === undefined) {
      if (isIntrinsic(node)) return;
      if (node.members.some(({ key }) => nearest(key.value, DOCUMENT_ELEMENTS) === "Statement")) return;
      report({ at: node, message: "The policy has no `Statement`." });
    } else if (statement.value?.type === "array" && itemsOf(statement.value).length === 0) {
      report({ at: statement.value, message: "`Statement` is empty." });
    }
  },
});
