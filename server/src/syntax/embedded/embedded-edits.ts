/** Edits of a text and of those embedded in it: each is made in the text that holds the node, and written outward. */
import type { Edits } from "../edits.js";
import type { Edit } from "../span.js";
import { type Excerpt, editsOutward } from "./excerpt.js";
import { type AnyNode, originalOf } from "./transplant.js";

/**
 * @param own the edits of the outer text's own nodes
 * @param editsOf makes those of an excerpt's text
 */
export function embeddedEdits(own: Edits, editsOf: (text: string) => Edits): Edits {
  const inner = new Map<Excerpt, Edits>();
  const through = <N extends AnyNode, T>(
    node: N | undefined,
    here: (edits: Edits, original: <M extends AnyNode>(node: M) => M) => T,
    outward: (excerpt: Excerpt, result: T) => T,
  ): T => {
    const excerpt = node && originalOf(node)?.excerpt;
    if (excerpt === undefined) return here(own, (it) => it);
    const edits = inner.get(excerpt) ?? editsOf(excerpt.text);
    inner.set(excerpt, edits);
    return outward(
      excerpt,
      here(edits, (it) => originalOf(it)?.node ?? it),
    );
  };
  const edit = <N extends AnyNode>(
    node: N | undefined,
    make: (edits: Edits, original: <M extends AnyNode>(node: M) => M) => readonly Edit[],
  ): readonly Edit[] => through(node, make, editsOutward);

  return {
    removeItem: (item) => edit(item, (edits, of) => edits.removeItem(of(item))),
    removeItems: (items) => edit(items[0], (edits, of) => edits.removeItems(items.map(of))),
    removeMember: (member) => edit(member, (edits, of) => edits.removeMember(of(member))),
    replaceValue: (node, value) => edit(node, (edits, of) => edits.replaceValue(of(node), value)),
    replaceItem: (item, values) => edit(item, (edits, of) => edits.replaceItem(of(item), values)),
    setText: (node, text) => edit(node, (edits, of) => edits.setText(of(node), text)),
    insertMember: (object, key, value, after) =>
      edit(object, (edits, of) => edits.insertMember(of(object), key, value, after && of(after))),
    prependMember: (object, key, value) =>
      edit(object, (edits, of) => edits.prependMember(of(object), key, value)),
    appendItem: (array, value) => edit(array, (edits, of) => edits.appendItem(of(array), value)),
    minify: (node) => edit(node, (edits, of) => edits.minify(of(node))),
    hasComment: (node) =>
      through(
        node,
        (edits, of) => edits.hasComment(of(node)),
        (_, found) => found,
      ),
    insertAfter: (item, value) => edit(item, (edits, of) => edits.insertAfter(of(item), value)),
  };
}
