import { hasWildcard } from "../../../policy/wildcard.js";
import { defineRule } from "../../rule.js";

export const scpActionWildcard = defineRule({
  name: "scp-action-wildcard",
  group: "names",
  severity: "info",
  since: "0.1.0",
  summary: "In a service control policy an action has a wildcard before its end",
  fix: "none",
  accessAnalyzer: "SCP_SYNTAX_ERROR_ACTION_WILDCARD",
  appliesTo: ["scp"],
  presets: ["aws"],
  about: { action: ({ value }) => hasWildcard(value.slice(0, -1)) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-scp-syntax-error-action-wildcard",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html",
  ],

  action({ value, node }, _statement, { report }) {
    report({
      at: node,
      message: `\`${value}\` has a wildcard before its end, which AWS takes since September 2025.`,
    });
  },
});
