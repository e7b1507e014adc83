/** Markdown to the neutral tree: a list of what its JSON fences say. Nothing outside of them is ever wrong. */
import { type Excerpt, editsOutward } from "../embedded/excerpt.js";
import { type Mutable, transplant } from "../embedded/transplant.js";
import { type FormatStyle, formatJson } from "../json/format.js";
import { parseJson } from "../json/parse.js";
import { move } from "../json/reuse.js";
import { type Edit, type Span, shift } from "../span.js";
import type { ArrayNode, EmbeddedText, Tree, ValueNode } from "../tree.js";
import { type Fence, fencesIn } from "./fences.js";

/** @param before an earlier version of the document, which is given up: fences that are the same move over into the new one */
export function parseMarkdown(text: string, before?: Tree): Tree {
  const items: ValueNode[] = [];
  const root: ArrayNode = { type: "array", start: 0, end: text.length, parent: undefined, items };
  const embedded: EmbeddedText[] = [];
  const tree: Tree = { text, root, isHolder: true, problems: [], embedded };
  const known = new Map(
    (before && readFences.get(before))?.map((it) => [wordingOf(it.fence, before?.text), it]),
  );
  const read: ReadFence[] = [];
  for (const fence of fencesIn(text)) {
    const wording = wordingOf(fence, text);
    const same = known.get(wording);
    known.delete(wording);
    const texts = same === undefined ? readFence(fence, root) : moved(same, fence, root);
    if (texts === undefined) continue;
    const [own] = texts;
    if (own.root !== undefined) items.push(own.root);
    embedded.push(...texts);
    read.push({ fence: same === undefined ? fence : same.fence, texts });
  }
  readFences.set(tree, read);
  return tree;
}

type Texts = ReturnType<typeof transplant>;

interface ReadFence {
  readonly fence: Fence;
  readonly texts: Texts;
}

const readFences = new WeakMap<Tree, readonly ReadFence[]>();

/** All that decides what is in a fence, wherever it stands. */
function wordingOf({ excerpt, comments, closed }: Fence, text = ""): string {
  const { start, end, write } = excerpt;
  return [comments, closed, write("\n"), text.slice(start, end), excerpt.text].join("\0");
}

function readFence(fence: Fence, root: ArrayNode): Texts | undefined {
  const tree = parseFence(fence);
  // Prose that seems to be in a fence that is being begun is no mistake in its JSON.
  return !fence.closed && tree.problems.length > 0 ? undefined : transplant(fence.excerpt, tree, root);
}

function moved({ fence, texts }: ReadFence, now: Fence, root: ArrayNode): Texts {
  const by = now.excerpt.start - fence.excerpt.start;
  // The nodes know the excerpt that they are of, which stands here now.
  Object.assign(fence.excerpt, now.excerpt);
  const [own, ...deeper] = texts;
  if (own.root !== undefined) {
    (own.root as Mutable<ValueNode>).parent = root;
    if (by !== 0) move(own.root, by);
  }
  return by === 0 ? texts : [textMoved(own, by), ...deeper.map((it) => textMoved(it, by))];
}

function textMoved(text: EmbeddedText, by: number): EmbeddedText {
  const problems = text.problems.map(({ edits, related, ...problem }) => ({
    ...shift(problem, by),
    ...(edits && { edits: edits.map((it) => shift(it, by)) }),
    ...(related && { related: shift(related, by) }),
  }));
  return { ...shift(text, by), problems };
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
