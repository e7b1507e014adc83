/** Markdown to the neutral tree: a list of what its JSON fences say. Nothing outside of them is ever wrong. */
import { type Excerpt, editsOutward } from "../embedded/excerpt.js";
import { transplant } from "../embedded/transplant.js";
import { type FormatStyle, formatJson } from "../json/format.js";
import { parseJson } from "../json/parse.js";
import type { Edit, Span } from "../span.js";
import type { ArrayNode, EmbeddedText, Tree, ValueNode } from "../tree.js";
import { type Fence, fencesIn } from "./fences.js";

export function parseMarkdown(text: string): Tree {
  const items: ValueNode[] = [];
  const root: ArrayNode = { type: "array", start: 0, end: text.length, parent: undefined, items };
  const embedded: EmbeddedText[] = [];
  for (const fence of fencesIn(text)) {
    const tree = parseFence(fence);
    // Prose that seems to be in a fence that is being begun is no mistake in its JSON.
    if (!fence.closed && tree.problems.length > 0) continue;
    const texts = transplant(fence.excerpt, tree, root);
    const [own] = texts;
    if (own.root !== undefined) items.push(own.root);
    embedded.push(...texts);
  }
  return { text, root, isHolder: true, problems: [], embedded };
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
