/**
 * Placeholders such as `<aws-account-id>` filled from variables, in every text of a tree, keys included.
 * Places stay those of the source, so that whatever is found in the filled tree can be shown there.
 */
import { findPlaceholders, hasPlaceholder } from "../policy/placeholder.js";
import type { Span } from "../syntax/span.js";
import { textsIn } from "../syntax/texts.js";
import type { ArrayNode, KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "../syntax/tree.js";

export type Variables = ReadonlyMap<string, string>;

/** @param unknown told of every placeholder that has no value, with the text that it stands in */
export function fillPlaceholders(
  root: ValueNode,
  variables: Variables,
  unknown: (name: string, at: Span) => void,
): ValueNode {
  for (const { value } of textsIn(root)) {
    if (hasPlaceholder(value)) return fillValue(root, root.parent, variables, unknown);
  }
  return root;
}

/** Variables whose values name other variables, filled. Those that go in a circle are reported and left out. */
export function fillVariables(
  given: ReadonlyMap<string, StringNode>,
  fixed: Variables,
  complain: (at: Span, message: string) => void,
): Variables {
  const filled = new Map(fixed);
  const circular = new Set<string>();
  const visit = (name: string, trail: readonly string[]): string | undefined => {
    const known = filled.get(name);
    const node = given.get(name);
    if (known !== undefined || node === undefined || circular.has(name)) return known;
    if (trail.includes(name)) {
      const circle = trail.slice(trail.indexOf(name));
      for (const it of circle) circular.add(it);
      complain(
        node,
        `These variables go in a circle: ${[...circle, name].map((it) => `\`${it}\``).join(", ")}.`,
      );
      return undefined;
    }
    const value = fillText(node.value, (it) => {
      const inner = visit(it, [...trail, name]);
      if (inner === undefined && !circular.has(it)) complain(node, noValue(it));
      return inner;
    });
    if (circular.has(name)) return undefined;
    filled.set(name, value);
    return value;
  };
  for (const name of given.keys()) visit(name, []);
  return filled;
}

export function noValue(placeholder: string): string {
  return `The placeholder \`<${placeholder}>\` has no value. Add \`${placeholder}\` to the account's variables.`;
}

function fillValue(
  node: ValueNode,
  parent: MemberNode | ArrayNode | undefined,
  variables: Variables,
  unknown: (name: string, at: Span) => void,
): ValueNode {
  const fill = (text: StringNode | KeyNode) =>
    fillText(text.value, (name) => {
      const value = variables.get(name);
      if (value === undefined) unknown(name, text);
      return value;
    });
  if (node.type === "string") return { ...node, parent, value: fill(node) };
  if (node.type === "array") {
    const items: ValueNode[] = [];
    const array: ArrayNode = { ...node, parent, items };
    for (const item of node.items) items.push(fillValue(item, array, variables, unknown));
    return array;
  }
  if (node.type === "object") {
    const members: MemberNode[] = [];
    const object: ObjectNode = { ...node, parent, members };
    for (const member of node.members) {
      const filled: { -readonly [K in keyof MemberNode]: MemberNode[K] } = { ...member, parent: object };
      filled.key = { ...member.key, value: fill(member.key) };
      if (member.value !== undefined) filled.value = fillValue(member.value, filled, variables, unknown);
      members.push(filled);
    }
    return object;
  }
  return { ...node, parent };
}

/** Placeholders that are not known stay. */
export function fillText(text: string, lookUp: (name: string) => string | undefined): string {
  let result = "";
  let from = 0;
  for (const placeholder of findPlaceholders(text)) {
    result += text.slice(from, placeholder.start) + (lookUp(placeholder.name) ?? placeholder.text);
    from = placeholder.end;
  }
  return result + text.slice(from);
}
