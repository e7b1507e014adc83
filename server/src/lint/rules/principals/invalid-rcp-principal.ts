import { isIntrinsic } from "../../../policy/intrinsic.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import type { Statement } from "../../../policy/policy.js";
import { isAnyone } from "../../../policy/principal.js";
import { defineRule } from "../../rule.js";

export const invalidRcpPrincipal = defineRule({
  name: "invalid-rcp-principal",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: 'The principal of a resource control policy is not `"*"`',
  fix: "suggestion",
  accessAnalyzer: "RCP_SYNTAX_ERROR_PRINCIPAL",
  appliesTo: ["rcp"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-principal",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html",
  ],

  statement(statement, { report, edits }) {
    const excepting = statement.elements.NotPrincipal;
    if (excepting !== undefined)
      report({ at: excepting.key, message: "A resource control policy cannot have `NotPrincipal`." });
    const value = statement.elements.Principal?.value;
    if (value === undefined || isIntrinsic(value)) return;
    if (value.type === "string" && (value.value === "*" || hasPlaceholder(value.value))) return;
    report({
      at: value,
      message: 'The principal of a resource control policy is `"*"`; conditions tell whom it spares.',
      fix: {
        title: 'Replace with `"*"`',
        edits: edits.replaceValue(value, "*"),
        safe: namesEveryone(statement),
      },
    });
  },
});

function namesEveryone({ principals }: Statement): boolean {
  return principals.some(isAnyone);
}
