/**
 * Nodes that say in other words what stands in the text, so that whoever reads the tree need not know those words.
 * An edit of one is made of what it stands for, as far as it means the same there; where it does not, it is impossible.
 */
import { type Edits, IMPOSSIBLE, type Json } from "./edits.js";
import type { AnyNode } from "./embedded/transplant.js";
import type { Edit } from "./span.js";

/** What each stands for; `undefined` for those that nothing in the text says. */
const originals = new WeakMap<AnyNode, AnyNode | undefined>();

export function standIn<N extends AnyNode>(node: N, original: AnyNode | undefined): N {
  originals.set(node, original);
  return node;
}

export function isStandIn(node: AnyNode): boolean {
  return originals.has(node);
}

/** @param write what becomes of a text where the stand-ins' own words are written */
export function standInEdits(edits: Edits, write: (text: string) => string): Edits {
  const impossible: readonly Edit[] = [IMPOSSIBLE];
  const real = <N extends AnyNode>(node: N): N | undefined =>
    originals.has(node) ? (originals.get(node) as N | undefined) : node;
  const edit = <N extends AnyNode>(node: N, make: (node: N) => readonly Edit[]): readonly Edit[] => {
    const original = real(node);
    if (original === undefined) return impossible;
    const made = make(original);
    return original === node ? made : made.map((it) => ({ ...it, newText: write(it.newText) }));
  };
  const fits = (node: AnyNode, value: Json): boolean => !isStandIn(node) || typeof value === "string";
  return {
    removeItem: (item) => edit(item, edits.removeItem),
    removeItems(items) {
      const originalsOfAll = items.map(real).filter((it) => it !== undefined);
      return originalsOfAll.length === items.length ? edits.removeItems(originalsOfAll) : impossible;
    },
    removeMember: (member) => edit(member, edits.removeMember),
    replaceValue(node, value) {
      const list = Array.isArray(value) && node.type === "array" && value.every((it) => fits(node, it));
      const text = node.type !== "array" && fits(node, value);
      return !isStandIn(node) || list || text
        ? edit(node, (it) => edits.replaceValue(it, value))
        : impossible;
    },
    replaceItem: (item, values) =>
      values.every((it) => fits(item, it)) ? edit(item, (it) => edits.replaceItem(it, values)) : impossible,
    setText: (node, text) => edit(node, (it) => edits.setText(it, text)),
    insertMember: (object, key, value, after) =>
      isStandIn(object) ? impossible : edits.insertMember(object, key, value, after),
    prependMember: (object, key, value) =>
      isStandIn(object) ? impossible : edits.prependMember(object, key, value),
    appendItem: (array, value) =>
      fits(array, value) ? edit(array, (it) => edits.appendItem(it, value)) : impossible,
    minify: (node) => (isStandIn(node) ? impossible : edits.minify(node)),
    hasComment(node) {
      const original = real(node);
      return original !== undefined && edits.hasComment(original);
    },
    insertAfter: (item, value) =>
      fits(item, value) ? edit(item, (it) => edits.insertAfter(it, value)) : impossible,
  };
}
