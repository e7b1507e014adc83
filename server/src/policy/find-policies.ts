/** Where the policies are in a parsed text: the text itself, one after the other, or nested in another document. */
import { itemsOf, type ObjectNode, type ValueNode } from "../syntax/tree.js";
import { isIntrinsicName } from "./intrinsic.js";
import { everyStatement, looksLikePolicy, type Policy, readPolicy } from "./policy.js";
import { readTerraformDocument, TERRAFORM_DOCUMENT } from "./terraform-document.js";

/**
 * Outermost first, in text order. A policy holds no policies.
 * @param insist somebody said that this is a policy: then the root object is one, however little it looks like it
 * @param before those of an earlier version of the text: statements that have moved over stay what they are
 */
export function findPolicies(
  root: ValueNode | undefined,
  insist = false,
  before: readonly Policy[] = [],
): readonly Policy[] {
  const found: Policy[] = [];
  const known = new Map(before.flatMap((policy) => everyStatement(policy).map((it) => [it.node, it])));
  const visit = (node: ValueNode | undefined) => {
    if (node?.type === "array") for (const item of node.items) visit(item);
    if (node?.type === "string") visit(node.embedded);
    if (node?.type !== "object") return;
    if (looksLikePolicy(node)) found.push(readPolicy(node, known));
    // What a call makes of a text that it is given is not what stands in the text.
    else {
      for (const { key, value } of node.members) {
        if (key.value === TERRAFORM_DOCUMENT && value?.type === "object") visitTerraform(value);
        else if (!isIntrinsicName(key.value)) visit(value);
      }
    }
  };
  const visitTerraform = ({ members }: ObjectNode) => {
    for (const body of members.flatMap(({ value }) => itemsOf(value))) {
      const policy = body.type === "object" ? readTerraformDocument(body) : undefined;
      if (policy !== undefined) found.push(readPolicy(policy));
    }
  };
  visit(root);
  if (found.length === 0 && insist && root?.type === "object") found.push(readPolicy(root, known));
  return found;
}
