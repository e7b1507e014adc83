/**
 * Moves the tree of an excerpt to where the excerpt stands in the outer text, and remembers each node's original:
 * what is about the text as it is meant, such as its length or an edit of it, asks there.
 */
import type { Problem } from "../problem.js";
import type { Span } from "../span.js";
import type {
  ArrayNode,
  EmbeddedText,
  KeyNode,
  MemberNode,
  ObjectNode,
  StringNode,
  Tree,
  ValueNode,
} from "../tree.js";
import { type Excerpt, editsOutward, spanOutward } from "./excerpt.js";

export type AnyNode = ValueNode | MemberNode | KeyNode;

export interface Original<N extends AnyNode = AnyNode> {
  readonly excerpt: Excerpt;
  readonly node: N;
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const originals = new WeakMap<AnyNode, Original>();

/** Of a node of an embedded text, that text and the node in it; `undefined` for a node of the outer text itself. */
export function originalOf<N extends AnyNode>(node: N): Original<N> | undefined {
  return originals.get(node) as Original<N> | undefined;
}

/** What the text around calls the embedded one that a node is in. */
export function titleOf(node: AnyNode): string | undefined {
  return originalOf(node)?.excerpt.title;
}

/** The texts that an excerpt is and holds, with their places in the outer text. The first is the excerpt itself. */
export function transplant(
  excerpt: Excerpt,
  { root, problems, embedded = [] }: Tree,
  parent: ValueNode["parent"],
): readonly [EmbeddedText, ...EmbeddedText[]] {
  const moved = new Map<ValueNode, ValueNode>();
  const own: EmbeddedText = {
    start: excerpt.start,
    end: excerpt.end,
    root: root && move(root, parent, excerpt, moved),
    problems: problems.map((it) => problemOutward(excerpt, it)),
  };
  const deeper = embedded.map((it) => ({
    ...spanOutward(excerpt, it),
    root: it.root && moved.get(it.root),
    problems: it.problems.map((problem) => problemOutward(excerpt, problem)),
  }));
  return [own, ...deeper];
}

function move(
  node: ValueNode,
  parent: ValueNode["parent"],
  excerpt: Excerpt,
  moved: Map<ValueNode, ValueNode>,
): ValueNode {
  const copy = { ...node, ...spanOutward(excerpt, node), parent } as Mutable<ValueNode>;
  originals.set(copy, { excerpt, node });
  moved.set(node, copy);
  if (copy.type === "object" && node.type === "object") {
    const holder: ObjectNode = copy;
    copy.members = node.members.map((member) => moveMember(member, holder, excerpt, moved));
  } else if (copy.type === "array" && node.type === "array") {
    const holder: ArrayNode = copy;
    copy.items = node.items.map((item) => move(item, holder, excerpt, moved));
  } else if (copy.type === "string" && node.type === "string") {
    Object.assign(copy, textOutward(excerpt, node));
    if (node.embedded !== undefined)
      (copy as Mutable<StringNode>).embedded = move(node.embedded, parent, excerpt, moved);
  }
  return copy;
}

function moveMember(
  member: MemberNode,
  parent: ObjectNode,
  excerpt: Excerpt,
  moved: Map<ValueNode, ValueNode>,
): MemberNode {
  const key: KeyNode = {
    ...member.key,
    ...spanOutward(excerpt, member.key),
    ...textOutward(excerpt, member.key),
  };
  const copy: Mutable<MemberNode> = { ...member, ...spanOutward(excerpt, member), parent, key };
  if (member.value !== undefined) copy.value = move(member.value, copy, excerpt, moved);
  originals.set(key, { excerpt, node: member.key });
  originals.set(copy, { excerpt, node: member });
  return copy;
}

/** Where the characters of a text stand: its own escapes within those of the excerpt. */
function textOutward(
  excerpt: Excerpt,
  { value, contentStart, sourceMap }: KeyNode | StringNode,
): { readonly contentStart: number; readonly sourceMap?: readonly number[] } {
  const start = excerpt.outward(contentStart);
  const last = contentStart + value.length;
  if (sourceMap === undefined && excerpt.outward(last) - start === value.length)
    return { contentStart: start };
  const map: number[] = [];
  for (let index = 0; index <= value.length; index++)
    map.push(excerpt.outward(sourceMap?.[index] ?? contentStart + index));
  return { contentStart: start, sourceMap: map };
}

function problemOutward(excerpt: Excerpt, { edits, related, ...problem }: Problem): Problem {
  const span: Span = spanOutward(excerpt, problem);
  return {
    ...problem,
    ...span,
    ...(edits && { edits: editsOutward(excerpt, edits) }),
    ...(related && { related: spanOutward(excerpt, related) }),
  };
}
