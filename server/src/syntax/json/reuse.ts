/**
 * What is the same in a text as in an earlier version of it: the objects in its lists, such as statements, need not be
 * read again. They move over into the new tree as they are, which leaves the earlier tree broken. Which text is an
 * earlier version of which is for others to know.
 */
import { overlaps } from "../span.js";
import type { ArrayNode, MemberNode, ObjectNode, Tree, ValueNode } from "../tree.js";

export interface Reusable {
  /** The object that starts at an offset, as deep as that, which stays where it stood. Found fastest as offsets ascend. */
  find(at: number, depth: number): Kept | undefined;
}

export interface Kept {
  readonly node: ObjectNode;
  /** Where it stands in the new text. */
  readonly at: number;
  readonly depth: number;
}

/** A text that is as broken as this is read anew. */
const MANY_PROBLEMS = 50;

export function reusableFrom(before: Tree, text: string): Reusable | undefined {
  // Texts inside the text are read after it, from strings that its reader has come across.
  if (before.problems.length > MANY_PROBLEMS || before.embedded !== undefined) return undefined;
  const kept = keptIn(before, text);
  let next = 0;
  return {
    find(at, depth) {
      // Whoever reads the text a second time begins again.
      if ((kept[next - 1]?.at ?? -1) >= at) next = 0;
      while ((kept[next]?.at ?? at) < at) next++;
      const found = kept[next];
      return found?.at === at && found.depth === depth ? found : undefined;
    },
  };
}

/** Puts the object where it now stands. The earlier tree is broken from then on. */
export function moveOver({ node, at }: Kept, parent: ArrayNode): ObjectNode {
  const by = at - node.start;
  if (by !== 0) move(node, by);
  (node as Mutable<ObjectNode>).parent = parent;
  return node;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The outermost objects in lists that stand in the common beginning or the common end, and that were read without a problem. */
function keptIn({ text: before, root, problems }: Tree, text: string): readonly Kept[] {
  const unchanged = commonStart(before, text);
  const ending = commonEnd(before, text, Math.min(before.length, text.length) - unchanged);
  const kept: Kept[] = [];
  const by = text.length - before.length;
  const visit = (node: ValueNode | undefined, depth: number): void => {
    if (node?.type === "object") for (const { value } of node.members) visit(value, depth + 1);
    if (node?.type !== "array") return;
    for (const item of node.items) {
      if (item.type !== "object") visit(item, depth + 1);
      else if (!isSound(item)) continue;
      else if (item.end <= unchanged) kept.push({ node: item, at: item.start, depth: depth + 1 });
      else if (item.start >= before.length - ending)
        kept.push({ node: item, at: item.start + by, depth: depth + 1 });
    }
  };
  const isSound = (node: ObjectNode) =>
    before[node.start] === "{" &&
    before[node.end - 1] === "}" &&
    !problems.some((problem) => overlaps(problem, node));
  visit(root, 0);
  return kept;
}

/** Whole blocks are compared many times faster than characters. */
const BLOCK = 4096;

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + BLOCK <= most && a.slice(at, at + BLOCK) === b.slice(at, at + BLOCK)) at += BLOCK;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0;
  const same = (more: number) =>
    a.slice(a.length - length - more, a.length - length) ===
    b.slice(b.length - length - more, b.length - length);
  while (length + BLOCK <= most && same(BLOCK)) length += BLOCK;
  while (length < most && same(1)) length++;
  return length;
}

/** In place, with all that is in it. */
export function move(node: ValueNode | MemberNode, by: number): void {
  const moving = node as Mutable<ValueNode | MemberNode>;
  moving.start += by;
  moving.end += by;
  switch (node.type) {
    case "object":
      for (const member of node.members) move(member, by);
      break;
    case "array":
      for (const item of node.items) move(item, by);
      break;
    case "member":
      moveText(node.key, by);
      (node.key as Mutable<MemberNode["key"]>).start += by;
      (node.key as Mutable<MemberNode["key"]>).end += by;
      if (node.value !== undefined) move(node.value, by);
      break;
    case "string":
      moveText(node, by);
      if (node.embedded !== undefined) move(node.embedded, by);
  }
}

interface PlacedText {
  contentStart: number;
  sourceMap?: readonly number[];
}

function moveText(node: Readonly<PlacedText>, by: number): void {
  const moving = node as PlacedText;
  moving.contentStart += by;
  if (moving.sourceMap !== undefined) moving.sourceMap = moving.sourceMap.map((at) => at + by);
}
