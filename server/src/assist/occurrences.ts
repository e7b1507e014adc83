/**
 * The other places where the same thing is named: an action, an ARN, a Sid, a placeholder, a condition key, a policy
 * variable. The same means the same text (actions and keys in any case), not what a pattern matches.
 */
import { findPlaceholders } from "../policy/placeholder.js";
import type { Policy, Statement } from "../policy/policy.js";
import { findVariables } from "../policy/variable.js";
import { contains, type Span } from "../syntax/span.js";
import { textsIn } from "../syntax/texts.js";
import { type KeyNode, type StringNode, spanWithin, type Tree } from "../syntax/tree.js";

export type NameType = "action" | "arn" | "sid" | "placeholder" | "condition-key" | "variable";

export interface Name {
  readonly type: NameType;
  /** In the form in which equal ones are equal. */
  readonly key: string;
  /** As written. */
  readonly text: string;
}

export interface Occurrence extends Span {
  /** Is it where the thing gets its name, as a Sid does? */
  readonly declares: boolean;
}

export interface NamedPlace extends Name {
  readonly at: Span;
  readonly declares: boolean;
}

/** What is named at an offset: the innermost thing, so a placeholder in an ARN before the ARN. */
export function nameAt(tree: Tree, policies: readonly Policy[], offset: number): NamedPlace | undefined {
  const here = { start: offset, end: offset };
  let found: NamedPlace | undefined;
  for (const place of namesIn(tree, policies)) {
    if (contains(place.at, here) && (found === undefined || contains(found.at, place.at))) found = place;
  }
  return found;
}

export function occurrencesOf(
  { type, key }: Name,
  tree: Tree,
  policies: readonly Policy[],
): readonly Occurrence[] {
  const found = new Map<number, Occurrence>();
  for (const { type: otherType, key: other, at, declares } of namesIn(tree, policies)) {
    if (otherType === type && other === key) found.set(at.start, { ...at, declares });
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** Could a text hold the name at all? Told without parsing it. */
export function mayHold(text: string, { type, text: name }: Name): boolean {
  return type === "action" || type === "condition-key" || type === "variable"
    ? text.toLowerCase().includes(name.toLowerCase())
    : text.includes(name);
}

function* namesIn(tree: Tree, policies: readonly Policy[]): Generator<NamedPlace> {
  for (const { node, statements } of policies) {
    for (const text of textsIn(node)) yield* namesInText(text);
    for (const statement of statements) yield* namesInStatement(statement);
  }
  // Where no policy is to be found yet, placeholders are there all the same.
  if (policies.length === 0) for (const text of textsIn(tree.root)) yield* namesInText(text);
}

function* namesInStatement({ sid, actions, notActions, conditions }: Statement): Generator<NamedPlace> {
  if (sid !== undefined && sid.value !== "") yield place("sid", sid, sid.value, sid.value, true);
  for (const { node, value, folded } of [...actions, ...notActions]) {
    if (value !== "") yield place("action", node, folded, value);
  }
  for (const { key } of conditions) yield place("condition-key", key, key.value.toLowerCase(), key.value);
}

function* namesInText(text: StringNode | KeyNode): Generator<NamedPlace> {
  const { value } = text;
  if (value.startsWith("arn:")) yield place("arn", text, value, value);
  for (const { start, end, text: written } of findPlaceholders(value)) {
    yield {
      type: "placeholder",
      key: written,
      text: written,
      at: spanWithin(text, start, end),
      declares: false,
    };
  }
  for (const { start, end, key, closed } of findVariables(value)) {
    if (!closed) continue;
    const at = spanWithin(text, start, end);
    yield { type: "variable", key: key.trim().toLowerCase(), text: key, at, declares: false };
  }
}

function place(
  type: NameType,
  node: StringNode | KeyNode,
  key: string,
  text: string,
  declares = false,
): NamedPlace {
  return { type, key, text, at: spanWithin(node, 0, node.value.length), declares };
}
