/** Values that a check of their form can judge: scalars that stand in the policy as AWS will compare them. */
import { hasPlaceholder } from "../policy/placeholder.js";
import type { ValueNode } from "../syntax/tree.js";

/** The text of a string, number or Boolean; `undefined` where a policy variable, a placeholder or a template fills it later. */
export function fixedText(node: ValueNode): string | undefined {
  if (node.type === "number" || node.type === "boolean") return String(node.value);
  if (node.type !== "string" || node.value.includes("${") || hasPlaceholder(node.value)) return undefined;
  return node.value;
}
