/**
 * Reads the texts inside a text. Those that stand in an earlier version of it in the same words are not read again: their
 * nodes move over into the new tree. Where such texts are and what language they are in is for others to know.
 */
import { move } from "../json/reuse.js";
import { shift } from "../span.js";
import type { EmbeddedText, Tree, ValueNode } from "../tree.js";
import type { Excerpt } from "./excerpt.js";
import { type Mutable, transplant } from "./transplant.js";

export type Texts = ReturnType<typeof transplant>;
type Parent = ValueNode["parent"];

export interface Excerpts {
  /**
   * The excerpt's text and those inside it, put where they stand; `undefined` where `parse` gives nothing.
   * @param besides what else decides what is read
   */
  read(excerpt: Excerpt, parent: Parent, parse: () => Tree | undefined, besides?: string): Texts | undefined;
  /** What was read is kept with the tree, for the next version of the text. */
  keepWith(tree: Tree): void;
}

interface Read {
  readonly excerpt: Excerpt;
  readonly texts: Texts;
  readonly besides: string;
}

const kept = new WeakMap<Tree, readonly Read[]>();

/** @param before the tree of an earlier version of the text, which is given up */
export function excerptsOf(text: string, before: Tree | undefined): Excerpts {
  const known = new Map(
    (before && kept.get(before))?.map((it) => [wordingOf(it.excerpt, it.besides, before?.text), it]),
  );
  const all: Read[] = [];
  return {
    read(excerpt, parent, parse, besides = "") {
      const wording = known.size === 0 ? "" : wordingOf(excerpt, besides, text);
      const same = known.get(wording);
      known.delete(wording);
      if (same !== undefined) {
        const texts = moved(same, excerpt, parent);
        all.push({ ...same, texts });
        return texts;
      }
      const tree = parse();
      if (tree === undefined) return undefined;
      const texts = transplant(excerpt, tree, parent);
      all.push({ excerpt, texts, besides });
      return texts;
    },
    keepWith: (tree) => void kept.set(tree, all),
  };
}

/** For a tree that is made of another one's nodes. */
export function keepAlike(tree: Tree, from: Tree): void {
  const all = kept.get(from);
  if (all !== undefined) kept.set(tree, all);
}

/** All that decides what is in an excerpt, wherever it stands. */
function wordingOf({ start, end, write, text }: Excerpt, besides: string, outer = ""): string {
  return [besides, write("\n"), outer.slice(start, end), text].join("\0");
}

function moved({ excerpt, texts }: Read, now: Excerpt, parent: Parent): Texts {
  const by = now.start - excerpt.start;
  // The nodes know the excerpt that they are of, which stands here now.
  Object.assign(excerpt, now);
  const [own, ...deeper] = texts;
  if (own.root !== undefined) {
    (own.root as Mutable<ValueNode>).parent = parent;
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
