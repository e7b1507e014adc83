/** Markdown to the neutral tree: a list of what its JSON fences say. Nothing outside of them is ever wrong. */
import { type Excerpt, editsOutward } from "../embedded/excerpt.js";
import { excerptsOf } from "../embedded/excerpts.js";
import { type FormatStyle, formatJson } from "../json/format.js";
import { parseJson } from "../json/parse.js";
import type { Edit, Span } from "../span.js";
import type { ArrayNode, EmbeddedText, Tree, ValueNode } from "../tree.js";
import { type Fence, fencesIn } from "./fences.js";

/** @param before an earlier version of the document, which is given up: fences that are the same move over into the new one */
export function parseMarkdown(text: string, before?: Tree): Tree {
  const items: ValueNode[] = [];
  const root: ArrayNode = { type: "array", start: 0, end: text.length, parent: undefined, items };
  const embedded: EmbeddedText[] = [];
  const tree: Tree = { text, root, isHolder: true, problems: [], embedded };
  const excerpts = excerptsOf(text, before);
  for (const fence of fencesIn(text)) {
    const { excerpt, comments, closed } = fence;
    const texts = excerpts.read(excerpt, root, () => readFence(fence), `${comments} ${closed}`);
    if (texts === undefined) continue;
    const [own] = texts;
    if (own.root !== undefined) items.push(own.root);
    embedded.push(...texts);
  }
  excerpts.keepWith(tree);
  return tree;
}

function readFence(fence: Fence): Tree | undefined {
  const tree = parseFence(fence);
  // Prose that seems to be in a fence that is being begun is no mistake in its JSON.
  return !fence.closed && tree.problems.length > 0 ? undefined : tree;
}

/** The fence that a place is in. */
export function fenceAt(text: string, offset: number): Fence | undefined {
  return fencesIn(text).find(({ excerpt: { start, end } }) => start <= offset && offset <= end);
}

export function formatFences(text: string, style: FormatStyle): readonly Edit[] {
  // Line breaks at the end are the fence's, not the text's.
  const { indent } = style;
  return fencesIn(text).flatMap((fence) =>
    editsOutward(
      fence.excerpt,
      formatJson(parseFence(fence), { indent }, (it) => parseFence(withText(fence, it))),
    ),
  );
}

function parseFence({ excerpt, comments }: Fence): Tree {
  return parseJson(excerpt.text, { comments, trailingCommas: comments });
}

function withText(fence: Fence, text: string): Fence {
  const excerpt: Excerpt & Span = { ...fence.excerpt, text };
  return { ...fence, excerpt };
}
