/**
 * Terraform's templates in the strings of its JSON: `${…}` and `%{…}` are computed, `$${` is a literal `${`.
 * What is computed is unknown here. Terraform's own language is another matter.
 */
import type { Edits } from "../edits.js";
import { keepAlike } from "../embedded/excerpts.js";
import type { Edit } from "../span.js";
import {
  type MemberNode,
  type ObjectNode,
  type StringNode,
  spanWithin,
  type Tree,
  type ValueNode,
} from "../tree.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const COMPUTED = /(?<!\$)\$\{|(?<!%)%\{/;
const LITERAL = /([$%])\1\{/g;
/** A template that quotes something would tear the JSON that it stands in. */
const QUOTES_WITHIN = /\$\{[^}]*"|%\{/;

/** Objects that have been read so: they may move over into the tree of the text's next version. */
const read = new WeakSet<ObjectNode>();

/** The tree with strings as Terraform reads them; those that it has to compute are values that cannot be told. */
export function readTemplates(tree: Tree): Tree {
  const torn = new Set<ValueNode>();
  const visit = (node: ValueNode): ValueNode => {
    if (node.type === "object") {
      if (read.has(node)) return node;
      read.add(node);
      for (const member of node.members as readonly Mutable<MemberNode>[]) {
        if (member.value !== undefined) member.value = visit(member.value);
      }
    } else if (node.type === "array") {
      const items = node.items as ValueNode[];
      for (const [index, item] of items.entries()) items[index] = visit(item);
    } else if (node.type === "string") return visitText(node);
    return node;
  };
  const visitText = (node: Mutable<StringNode>): ValueNode => {
    const { start, end, parent, value, embedded } = node;
    if (embedded !== undefined && !QUOTES_WITHIN.test(value)) {
      visit(embedded);
      return node;
    }
    if (embedded !== undefined) torn.add(embedded);
    if (embedded !== undefined || isComputed(value)) return { type: "invalid", start, end, parent };
    readLiterals(node);
    return node;
  };
  const root = tree.root && visit(tree.root);
  const embedded = tree.embedded?.filter((it) => it.root === undefined || !torn.has(it.root));
  const whole = { ...tree, root, ...(embedded && { embedded }) };
  keepAlike(whole, tree);
  return whole;
}

/** What is written into a string stays what it is. */
export function escapingEdits(edits: Edits): Edits {
  const escaped = (made: readonly Edit[]): readonly Edit[] =>
    made.map((it) => ({ ...it, newText: escapeTemplates(it.newText) }));
  return {
    removeItem: (item) => edits.removeItem(item),
    removeItems: (items) => edits.removeItems(items),
    removeMember: (member) => edits.removeMember(member),
    replaceValue: (node, value) => escaped(edits.replaceValue(node, value)),
    replaceItem: (item, values) => escaped(edits.replaceItem(item, values)),
    setText: (node, text) => escaped(edits.setText(node, text)),
    insertMember: (object, key, value, after) => escaped(edits.insertMember(object, key, value, after)),
    prependMember: (object, key, value) => escaped(edits.prependMember(object, key, value)),
    appendItem: (array, value) => escaped(edits.appendItem(array, value)),
    minify: (node) => edits.minify(node),
    hasComment: (node) => edits.hasComment(node),
    insertAfter: (item, value) => escaped(edits.insertAfter(item, value)),
  };
}

export function isComputed(text: string): boolean {
  return COMPUTED.test(text);
}

/** As its documents of policies have what AWS fills in. */
export function writeVariables(text: string): string {
  return text.replaceAll("${", "&{");
}

export function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** Takes the doubled mark for one, and keeps where each character stands. */
function readLiterals(node: Mutable<StringNode>): void {
  const literals = [...node.value.matchAll(LITERAL)];
  if (literals.length === 0) return;
  const map: number[] = [];
  const { value } = node;
  let read = "";
  let at = 0;
  for (const { index } of [...literals, { index: value.length }]) {
    read += value.slice(at, index);
    for (; at < index; at++) map.push(spanWithin(node, at, at).start);
    // The first mark of the two is only there for the second.
    at = index + 1;
  }
  map.push(spanWithin(node, value.length, value.length).start);
  node.value = read;
  node.sourceMap = map;
}
