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
