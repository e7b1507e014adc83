/**
 * Nodes that say in other words what stands in the text, so that whoever reads the tree need not know those words.
 * An edit of one is made of what it stands for, as far as it means the same there; where it does not, it is impossible.
 */
import { type Edits, IMPOSSIBLE, type Json } from "./edits.js";
import type { AnyNode } from "./embedded/transplant.js";
import type { Edit } from "./span.js";
import type { ArrayNode, KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "./tree.js";

/** What each stands for; `undefined` for those that nothing in the text says. */
const originals = new WeakMap<AnyNode, AnyNode | undefined>();

export function standIn<N extends AnyNode>(node: N, original: AnyNode | undefined): N {
  originals.set(node, original);
  return node;
}

export function isStandIn(node: AnyNode): boolean {
  return originals.has(node);
}

/**
 * @param make the edits of what stands in the text: most texts are never edited, so they are asked for when one is
 * @param write what becomes of a text where the stand-ins' own words are written
 */
export function standInEdits(make: () => Edits, write: (text: string) => string): Edits {
  return new StandInEdits(make, write);
}

const ALL_IMPOSSIBLE: readonly Edit[] = [IMPOSSIBLE];

class StandInEdits implements Edits {
  #made: Edits | undefined;

  constructor(
    private readonly make: () => Edits,
    private readonly write: (text: string) => string,
  ) {}

  removeItem(item: ValueNode): readonly Edit[] {
    return this.#edit(item, (edits, it) => edits.removeItem(it));
  }

  removeItems(items: readonly ValueNode[]): readonly Edit[] {
    const all = items.map(originalFor).filter((it) => it !== undefined);
    return all.length === items.length ? this.#edits.removeItems(all) : ALL_IMPOSSIBLE;
  }

  removeMember(member: MemberNode): readonly Edit[] {
    return this.#edit(member, (edits, it) => edits.removeMember(it));
  }

  replaceValue(node: ValueNode, value: Json): readonly Edit[] {
    const list = Array.isArray(value) && node.type === "array" && value.every((it) => canSay(node, it));
    const text = node.type !== "array" && canSay(node, value);
    return !isStandIn(node) || list || text
      ? this.#edit(node, (edits, it) => edits.replaceValue(it, value))
      : ALL_IMPOSSIBLE;
  }

  replaceItem(item: ValueNode, values: readonly Json[]): readonly Edit[] {
    return values.every((it) => canSay(item, it))
      ? this.#edit(item, (edits, it) => edits.replaceItem(it, values))
      : ALL_IMPOSSIBLE;
  }

  setText(node: StringNode | KeyNode, text: string): readonly Edit[] {
    return this.#edit(node, (edits, it) => edits.setText(it, text));
  }

  insertMember(object: ObjectNode, key: string, value: Json, after?: MemberNode): readonly Edit[] {
    return isStandIn(object) ? ALL_IMPOSSIBLE : this.#edits.insertMember(object, key, value, after);
  }

  prependMember(object: ObjectNode, key: string, value: Json): readonly Edit[] {
    return isStandIn(object) ? ALL_IMPOSSIBLE : this.#edits.prependMember(object, key, value);
  }

  appendItem(array: ArrayNode, value: Json): readonly Edit[] {
    return canSay(array, value)
      ? this.#edit(array, (edits, it) => edits.appendItem(it, value))
      : ALL_IMPOSSIBLE;
  }

  minify(node: ValueNode): readonly Edit[] {
    return isStandIn(node) ? ALL_IMPOSSIBLE : this.#edits.minify(node);
  }

  hasComment(node: ValueNode): boolean {
    const original = originalFor(node);
    return original !== undefined && this.#edits.hasComment(original);
  }

  insertAfter(item: ValueNode, value: Json): readonly Edit[] {
    return canSay(item, value)
      ? this.#edit(item, (edits, it) => edits.insertAfter(it, value))
      : ALL_IMPOSSIBLE;
  }

  get #edits(): Edits {
    this.#made ??= this.make();
    return this.#made;
  }

  #edit<N extends AnyNode>(node: N, make: (edits: Edits, node: N) => readonly Edit[]): readonly Edit[] {
    const original = originalFor(node);
    if (original === undefined) return ALL_IMPOSSIBLE;
    const made = make(this.#edits, original);
    return original === node ? made : made.map((it) => ({ ...it, newText: this.write(it.newText) }));
  }
}

/** What is written for a node; `undefined` where nothing is. */
function originalFor<N extends AnyNode>(node: N): N | undefined {
  return originals.has(node) ? (originals.get(node) as N | undefined) : node;
}

/** What is written for a stand-in can take the place of a text only. */
function canSay(node: AnyNode, value: Json): boolean {
  return !isStandIn(node) || typeof value === "string";
}
