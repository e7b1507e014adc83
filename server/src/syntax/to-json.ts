/** A value of the tree as plain data, to write it elsewhere. Of repeated keys the last counts, as JSON readers have it. */
import type { Json } from "./edits.js";
import type { ValueNode } from "./tree.js";

export function toJson(node: ValueNode): Json {
  switch (node.type) {
    case "object":
      return Object.fromEntries(
        node.members.map(({ key, value }) => [key.value, value === undefined ? null : toJson(value)]),
      );
    case "array":
      return node.items.map(toJson);
    case "null":
    case "invalid":
      return null;
    default:
      return node.value;
  }
}
