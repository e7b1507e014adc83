import { findPolicies } from "../../../policy/find-policies.js";
import type { Policy } from "../../../policy/policy.js";
import { INLINE_POLICIES } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import type { ValueNode } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const oversizedInlinePolicies = defineRule({
  name: "oversized-inline-policies",
  group: "quotas",
  severity: "warning",
  since: "0.1.0",
  summary: "The inline policies of a user, group, role or permission set are longer together than AWS takes",
  fix: "none",
  appliesTo: ["identity"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html",
  ],

  policy(policy, { report, text, resourceType = "" }) {
    const quota = INLINE_POLICIES.get(resourceType);
    if (quota === undefined) return;
    const { limit, measure } = quota;
    const all = policiesBeside(policy);
    let sum = 0;
    for (const { node } of all) {
      const before = sum;
      sum += sizeOf(text, node)[measure];
      // The one with which it becomes too much is named, and no other.
      if (node.start !== policy.node.start || before > limit || sum <= limit) continue;
      const white = measure === "dense" ? " without white space" : "";
      const together =
        all.length === 1 ? "The policy has" : "With this policy, the inline policies together have";
      report({
        at: node,
        message: `${together} ${sum} characters${white}; an \`${resourceType}\` may have ${limit} inline.`,
      });
    }
  },
});

/** The policies of the list that this one is in, as templates and exports write those of one identity. */
function policiesBeside(policy: Policy): readonly Policy[] {
  const { parent } = policy.node;
  // An account file has them by name.
  if (parent?.type === "member" && isInline(parent.parent.parent)) return findPolicies(parent.parent);
  let list: ValueNode["parent"] = parent;
  // The list holds the documents themselves, or objects of a name and a document.
  for (let steps = 0; list !== undefined && list.type !== "array" && steps < 2; steps++)
    list = list.parent.parent;
  return list?.type === "array" ? findPolicies(list) : [policy];
}

function isInline(holder: ValueNode["parent"]): boolean {
  return holder?.type === "member" && holder.key.value === "inline";
}
