import { defineRule } from "../../rule.js";

export const notActionInRcp = defineRule({
  name: "not-action-in-rcp",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A resource control policy has `NotAction`",
  fix: "none",
  accessAnalyzer: "RCP_SYNTAX_ERROR_NOTACTION",
  appliesTo: ["rcp"],
  about: { statement: ({ has }) => has("NotAction") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-notaction",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html",
  ],

  statement({ elements }, { report }) {
    const member = elements.NotAction;
    if (member === undefined) return;
    report({ at: member.key, message: "A resource control policy cannot have `NotAction`." });
  },
});
