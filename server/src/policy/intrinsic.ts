/**
 * Values that a template language computes, such as `{"Ref": "Bucket"}` or `{"Fn::Sub": "…"}` of CloudFormation.
 * What they become is unknown here, so whoever expects another type keeps silent about them.
 */
import type { ValueNode } from "../syntax/tree.js";

export function isIntrinsic(value: ValueNode | undefined): boolean {
  if (value?.type !== "object" || value.members.length !== 1) return false;
  const name = value.members[0]?.key.value;
  return name !== undefined && isIntrinsicName(name);
}

/** Is a key the name of such a call rather than what it stands in the place of? */
export function isIntrinsicName(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

/** What `Fn::If` chooses among, at any depth; of its list the first is the name of the condition. */
export function choicesOf(value: ValueNode | undefined): readonly ValueNode[] {
  const [member] = value?.type === "object" ? value.members : [];
  if (member?.key.value !== "Fn::If" || member.value?.type !== "array" || !isIntrinsic(value)) return [];
  return member.value.items
    .slice(1)
    .flatMap((item) => (item.type === "array" ? item.items : [item]))
    .flatMap((item) => (isIntrinsic(item) ? choicesOf(item) : [item]));
}

/** Does a part of it become known only when a template is deployed? */
export function isFilledInLater(node: ValueNode): boolean {
  if (isIntrinsic(node) || node.type === "invalid") return true;
  if (node.type === "array") return node.items.some(isFilledInLater);
  if (node.type === "object")
    return node.members.some(({ value }) => value !== undefined && isFilledInLater(value));
  return false;
}
