import { isIntrinsicName } from "../../../policy/intrinsic.js";
import { nearest } from "../../../policy/nearest.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import { DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS } from "../../../policy/words.js";
import type { MemberNode, ObjectNode } from "../../../syntax/tree.js";
import { defineRule, type Fix, type RuleContext } from "../../rule.js";

export const unknownElement = defineRule({
  name: "unknown-element",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A policy or statement has an element that the policy language does not know",
  fix: "suggestion",
  accessAnalyzer: "INVALID_POLICY_ELEMENT",
  about: { statement: ({ odd }) => odd },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-policy-element",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html",
  ],

  policy({ node }, context) {
    checkMembers(node, DOCUMENT_ELEMENTS, "a policy", STATEMENT_ELEMENTS, "a statement", context);
  },

  statement({ node }, context) {
    checkMembers(node, STATEMENT_ELEMENTS, "a statement", DOCUMENT_ELEMENTS, "a policy", context);
  },
});

function checkMembers(
  node: ObjectNode,
  names: readonly string[],
  here: string,
  elsewhere: readonly string[],
  there: string,
  context: RuleContext,
): void {
  for (const member of node.members) {
    const { key } = member;
    if (names.includes(key.value) || isIntrinsicName(key.value) || hasPlaceholder(key.value)) continue;
    const meant = nearest(key.value, names);
    const only = elsewhere.includes(key.value) ? ` It is one of ${there}.` : "";
    context.report({
      at: key,
      message:
        meant?.toLowerCase() === key.value.toLowerCase()
          ? `\`${key.value}\` is written \`${meant}\`.`
          : `\`${key.value}\` is not an element of ${here}.${only}`,
      fix: fixes(member, meant, context),
    });
  }
}

function fixes(member: MemberNode, meant: string | undefined, { edits }: RuleContext): readonly Fix[] {
  const { key, parent } = member;
  const taken = parent.members.some((it) => it.key.value === meant);
  const remove: Fix = { title: `Remove \`${key.value}\``, edits: edits.removeMember(member) };
  if (meant === undefined || taken) return [remove];
  return [{ title: `Rename to \`${meant}\``, edits: edits.setText(key, meant) }, remove];
}
