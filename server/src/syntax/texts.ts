/** Every text in a value, keys included, in source order. Whoever needs the place of one looks at its parent. */
import type { KeyNode, StringNode, ValueNode } from "./tree.js";

export function* textsIn(node: ValueNode | undefined): Generator<StringNode | KeyNode> {
  if (node?.type === "string") yield node;
  else if (node?.type === "array") for (const item of node.items) yield* textsIn(item);
  else if (node?.type === "object") {
    for (const { key, value } of node.members) {
      yield key;
      yield* textsIn(value);
    }
  }
}
