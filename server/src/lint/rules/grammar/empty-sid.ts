import { defineRule } from "../../rule.js";

export const emptySid = defineRule({
  name: "empty-sid",
  group: "grammar",
  severity: "hint",
  since: "0.1.0",
  summary: "A statement's name is empty",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "EMPTY_SID_VALUE",
  about: { statement: ({ has }) => has("Sid") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-sid-value",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  ],

  statement({ sid, elements }, { report, edits }) {
    if (sid?.value !== "") return;
    const member = elements.Sid;
    report({
      at: sid,
      message: "`Sid` is empty.",
      fix: { title: "Remove `Sid`", edits: member === undefined ? [] : edits.removeMember(member) },
    });
  },
});
