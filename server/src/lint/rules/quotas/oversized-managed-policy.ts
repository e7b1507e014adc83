import { MANAGED } from "../../../policy/identity-types.js";
import { IDENTITY_POLICY, MANAGED_POLICY } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedManagedPolicy = defineRule({
  name: "oversized-managed-policy",
  group: "quotas",
  severity: "info",
  since: "0.1.0",
  summary: "A policy is too long for a customer managed policy",
  fix: "none",
  appliesTo: ["identity", "boundary"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"],

  policy({ node }, { report, text, isPlain, kind, resourceType }) {
    // Inline policies have limits of their own.
    if (resourceType !== undefined && resourceType !== MANAGED.type) return;
    if (node.end - node.start <= MANAGED_POLICY) return;
    const { dense } = sizeOf(text, node, isPlain);
    if (dense <= MANAGED_POLICY || dense > IDENTITY_POLICY) return;
    const only =
      kind === "boundary"
        ? ", and a boundary is one"
        : resourceType === undefined
          ? "; only inline it fits into a role"
          : "";
    report({
      at: node,
      message: `The policy has ${dense} characters without white space; a managed policy may have ${MANAGED_POLICY}${only}.`,
    });
  },
});
