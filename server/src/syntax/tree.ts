/**
 * The neutral value tree that every host language parses into, with its spans and problems.
 * It says nothing about policies and nothing about JSON: YAML and HCL fill the same shapes.
 */
import type { Problem } from "./problem.js";
import type { Span } from "./span.js";

export type ValueNode = ObjectNode | ArrayNode | ScalarNode;
export type ScalarNode = StringNode | NumberNode | BooleanNode | NullNode | InvalidNode;
export type ContainerNode = ObjectNode | ArrayNode;

interface NodeBase extends Span {
  /** The member or list that holds this value; `undefined` at the root of a tree. */
  readonly parent: MemberNode | ArrayNode | undefined;
}

export interface ObjectNode extends NodeBase {
  readonly type: "object";
  /** In source order; a repeated key appears as often as it was written. */
  readonly members: readonly MemberNode[];
}

export interface MemberNode extends Span {
  readonly type: "member";
  readonly parent: ObjectNode;
  readonly key: KeyNode;
  /** Absent while the member is half typed. */
  readonly value: ValueNode | undefined;
}

export interface ArrayNode extends NodeBase {
  readonly type: "array";
  readonly items: readonly ValueNode[];
}

interface TextNode extends Span {
  readonly value: string;
  /**
   * Where each UTF-16 unit of `value` starts in the source, plus one entry for its end.
   * Absent when the text stands there literally, from `contentStart` on.
   */
  readonly sourceMap?: readonly number[];
  /** Offset of the first character inside the quotes. */
  readonly contentStart: number;
}

export interface KeyNode extends TextNode {
  readonly type: "key";
}

export interface StringNode extends NodeBase, TextNode {
  readonly type: "string";
  /** What the text says where it is written in a language itself, such as JSON in a string. Its parent is the string's. */
  readonly embedded?: ValueNode;
}

export interface NumberNode extends NodeBase {
  readonly type: "number";
  readonly value: number;
}

export interface BooleanNode extends NodeBase {
  readonly type: "boolean";
  readonly value: boolean;
}

export interface NullNode extends NodeBase {
  readonly type: "null";
}

/** A value whose type cannot be told; its text has a problem of its own. */
export interface InvalidNode extends NodeBase {
  readonly type: "invalid";
}

export interface Tree {
  readonly text: string;
  readonly root: ValueNode | undefined;
  /** The text itself says nothing, it only holds others, as Markdown does: `root` is a list of what those say. */
  readonly isHolder?: true;
  /** The text is ASCII, and holds nothing but white space besides what is in the tree. Absent where nobody has looked. */
  readonly isPlain?: true;
  /** Of this text itself; what is wrong in an embedded one is told there. */
  readonly problems: readonly Problem[];
  /** The texts inside this one, innermost ones after those that hold them. */
  readonly embedded?: readonly EmbeddedText[];
}

/** A text of its own inside another: a fence of a Markdown document, JSON in a string. All places are the outer text's. */
export interface EmbeddedText extends Span {
  readonly root: ValueNode | undefined;
  readonly problems: readonly Problem[];
}

/** The member with exactly this key; of repeated keys the last, as JSON readers take it. */
export function memberOf(object: ObjectNode, key: string): MemberNode | undefined {
  for (let index = object.members.length - 1; index >= 0; index--) {
    const member = object.members[index];
    if (member?.key.value === key) return member;
  }
  return undefined;
}

/** The source span of `value.slice(from, to)`, escapes accounted for. */
export function spanWithin(node: KeyNode | StringNode, from: number, to: number): Span {
  const at = (index: number) => node.sourceMap?.[index] ?? node.contentStart + index;
  return { start: at(from), end: at(to) };
}

/** The values that a scalar or a list stands for: a list's items, or the value alone. */
export function itemsOf(value: ValueNode | undefined): readonly ValueNode[] {
  if (value === undefined) return [];
  return value.type === "array" ? value.items : [value];
}

/** Steps from the root to a node, as in a JSON pointer: keys and indexes. */
export type Path = readonly (string | number)[];

/** The path of the innermost member, item or value that covers the span. It goes on into what is embedded in a string. */
export function pathAt(root: ValueNode | undefined, span: Span): Path {
  const path: (string | number)[] = [];
  let node = meant(root);
  while (node !== undefined) {
    const next: ValueNode | MemberNode | undefined = childAt(node, span);
    if (next === undefined) break;
    if (next.type === "member") {
      path.push(next.key.value);
      node = meant(next.value);
    } else {
      path.push((node as ArrayNode).items.indexOf(next));
      node = meant(next);
    }
  }
  return path;
}

/** What a value says: of a string that embeds something, that. */
export function meant(node: ValueNode | undefined): ValueNode | undefined {
  return node?.type === "string" ? (node.embedded ?? node) : node;
}

/** RFC 6901; the document is the empty string. */
export function toPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * Where a pointer leads: a member, an item or the root; the nearest thing on the way where it leads out of the tree.
 * It goes on into what is embedded in a string.
 */
export function pointedAt(root: ValueNode, pointer: string): MemberNode | ValueNode {
  let found: MemberNode | ValueNode = root;
  for (const escaped of pointer.split("/").slice(1)) {
    const step = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    const value: ValueNode | undefined = meant(found.type === "member" ? found.value : found);
    const next: MemberNode | ValueNode | undefined =
      value?.type === "object"
        ? memberOf(value, step)
        : value?.type === "array"
          ? value.items[Number(step)]
          : undefined;
    if (next === undefined) break;
    found = next;
  }
  return found;
}

function childAt(node: ValueNode, span: Span): ValueNode | MemberNode | undefined {
  if (node.type === "object") return covering(node.members, span);
  if (node.type === "array") return covering(node.items, span);
  return undefined;
}

/** Children are in source order and do not overlap, so the only candidate is found by halving. */
function covering<N extends Span>(children: readonly N[], span: Span): N | undefined {
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const child = children[middle];
    if (child === undefined) return undefined;
    if (child.end < span.end || (child.end === span.end && child.start > span.start)) low = middle + 1;
    else if (child.start > span.start) high = middle - 1;
    else return child;
  }
  return undefined;
}
