/** What a selection grows to, step by step: the part of a name, the text, the value, the member, the list, the statement. */
import { contains, type Span, spanOf } from "../syntax/span.js";
import {
  type KeyNode,
  type MemberNode,
  type StringNode,
  spanWithin,
  type Tree,
  type ValueNode,
} from "../syntax/tree.js";

/** What names and ARNs are made of; a variable or placeholder is one part. */
const PART = /\$\{[^}]*\}|<[^<>]*>|\{\{[^{}]*\}\}|[^:/\s,]+/g;

/** Innermost first, each larger than the one before; empty outside of every value. */
export function selectionsAt({ root }: Tree, offset: number): readonly Span[] {
  const outermostFirst: Span[] = [];
  const here = { start: offset, end: offset };
  const visit = (node: ValueNode | undefined): void => {
    if (node === undefined || !contains(node, here)) return;
    outermostFirst.push(spanOf(node));
    if (node.type === "string" && node.embedded !== undefined) visit(node.embedded);
    else if (node.type === "string") outermostFirst.push(...textSpans(node, offset));
    else if (node.type === "object" || node.type === "array") {
      const children: readonly (MemberNode | ValueNode)[] =
        node.type === "object" ? node.members : node.items;
      const [first, last] = [children[0], children.at(-1)];
      const child = children.find((it) => contains(it, here));
      if (first !== undefined && last !== undefined && child !== undefined)
        outermostFirst.push({ start: first.start, end: last.end });
      if (child?.type === "member") {
        outermostFirst.push(spanOf(child));
        if (contains(child.key, here))
          outermostFirst.push(spanOf(child.key), ...textSpans(child.key, offset));
        else visit(child.value);
      } else visit(child);
    }
  };
  visit(root);
  return growing(outermostFirst.reverse());
}

function textSpans(node: StringNode | KeyNode, offset: number): readonly Span[] {
  const content = spanWithin(node, 0, node.value.length);
  if (!contains(content, { start: offset, end: offset })) return [];
  for (const { index, 0: part } of node.value.matchAll(PART)) {
    const span = spanWithin(node, index, index + part.length);
    if (contains(span, { start: offset, end: offset })) return [content, span];
  }
  return [content];
}

function growing(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last === undefined || (contains(span, last) && span.end - span.start > last.end - last.start))
      kept.push(span);
  }
  return kept;
}
