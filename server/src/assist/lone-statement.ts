/** A statement on its own, as people paste them. It is no policy: nothing is found wrong with it, but its words mean something. */
import { STATEMENT_ELEMENTS } from "../policy/words.js";
import type { ObjectNode, ValueNode } from "../syntax/tree.js";

/** One name may be half-typed. */
export function looksLikeLoneStatement({ members }: ObjectNode): boolean {
  const keys = members.map(({ key }) => key.value);
  return (
    keys.includes("Effect") &&
    keys.filter((key) => !(STATEMENT_ELEMENTS as readonly string[]).includes(key)).length <= 1
  );
}

/** The one at an offset, alone in the document or in a list of them. */
export function loneStatementAt(root: ValueNode | undefined, offset: number): ObjectNode | undefined {
  let node = root;
  while (node?.type === "array") {
    node = node.items.find(({ start, end }) => start <= offset && offset <= end);
  }
  return node?.type === "object" && looksLikeLoneStatement(node) ? node : undefined;
}
