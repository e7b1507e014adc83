/**
 * Where in a policy a key or a value stands: which element's name or value, of which statement, in which condition.
 * What may stand there, and what it means, is not told here.
 */
import { type ConditionOperator, parseOperator } from "../policy/condition.js";
import { isIntrinsicName } from "../policy/intrinsic.js";
import {
  DOCUMENT_ELEMENTS,
  type DocumentElement,
  STATEMENT_ELEMENTS,
  type StatementElement,
} from "../policy/words.js";
import type { KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "../syntax/tree.js";

export type Place =
  | { readonly at: "document-element"; readonly object: ObjectNode }
  | { readonly at: "id" | "version" | "sid" | "effect" }
  /** Where a whole statement belongs. */
  | { readonly at: "statement"; readonly listed: boolean }
  | { readonly at: "statement-element"; readonly object: ObjectNode }
  | { readonly at: "action" | "resource"; readonly listed: boolean; readonly siblings: readonly string[] }
  /** The value of `Principal` itself. */
  | { readonly at: "principal" }
  | { readonly at: "principal-type"; readonly object: ObjectNode }
  | {
      readonly at: "principal-value";
      readonly type: string;
      readonly listed: boolean;
      readonly siblings: readonly string[];
    }
  /** The value of `Condition` itself. */
  | { readonly at: "condition" }
  | { readonly at: "operator"; readonly object: ObjectNode }
  /** The value of an operator itself. */
  | { readonly at: "operator-value"; readonly operator: ConditionOperator }
  | { readonly at: "condition-key"; readonly operator: ConditionOperator; readonly object: ObjectNode }
  | {
      readonly at: "condition-value";
      readonly operator: ConditionOperator;
      readonly key: string;
      readonly listed: boolean;
      readonly siblings: readonly string[];
    };

export interface Owner {
  readonly policy: ObjectNode;
  /** The object that stands where a statement belongs; the policy itself where that is a statement alone. */
  readonly statement: ObjectNode | undefined;
}

/** `undefined` where nothing of a policy stands, such as the name of an unknown element's part. */
export function placeOf(node: KeyNode | ValueNode, { policy, statement }: Owner): Place | undefined {
  if (node.type === "key") {
    const object = objectsAround(node, statement ?? policy).find((it) =>
      it.members.some(({ key }) => key === node),
    );
    if (object === undefined) return undefined;
    if (object === statement) return { at: "statement-element", object };
    if (object === policy) return { at: "document-element", object };
    const path = pathWithin(object, statement);
    const [element, operator] = path;
    if (element === undefined) return undefined;
    if (isPrincipal(element) && path.length === 1) return { at: "principal-type", object };
    if (!sameWord(element, "Condition")) return undefined;
    if (operator === undefined) return { at: "operator", object };
    return path.length === 2 ? { at: "condition-key", operator: parseOperator(operator), object } : undefined;
  }
  const listed = node.parent?.type === "array";
  const holder = listed ? node.parent.parent : node.parent;
  if (holder?.type !== "member") return undefined;
  const siblings =
    node.parent?.type === "array"
      ? node.parent.items
          .filter((it) => it.type === "string" && it !== node)
          .map((it) => (it as StringNode).value)
      : [];
  if (holder.parent === policy && statement !== policy) return documentValue(holder.key.value, listed);
  if (statement === undefined) return undefined;
  const path = [...pathWithin(holder.parent, statement), holder.key.value];
  return statementValue(path, listed, siblings);
}

/** The objects around a node, innermost first; those of its value not included. */
export function objectsAround(node: KeyNode | ValueNode, root: ValueNode | undefined): readonly ObjectNode[] {
  const around: ObjectNode[] = [];
  let at: ValueNode | undefined = root;
  while (at !== undefined) {
    if (at.type === "object") {
      around.unshift(at);
      const member: MemberNode | undefined = at.members.find(
        (it) => it.start <= node.start && node.start < it.end,
      );
      at = member?.key === node ? undefined : member?.value;
    } else if (at.type === "array") {
      at = at.items.find((item) => item.start <= node.start && node.start < item.end);
    } else at = undefined;
  }
  return around;
}

function documentValue(element: string, listed: boolean): Place | undefined {
  switch (spelled(element, DOCUMENT_ELEMENTS)) {
    case "Version":
      return { at: "version" };
    case "Id":
      return { at: "id" };
    case "Statement":
      return { at: "statement", listed };
    default:
      return undefined;
  }
}

function statementValue(
  [element = "", second, third, ...deeper]: readonly string[],
  listed: boolean,
  siblings: readonly string[],
): Place | undefined {
  if (deeper.length > 0) return undefined;
  // What a call is given is a name of the template's, but for the text that it fills in.
  if ([second, third].some((it) => it !== undefined && isIntrinsicName(it) && it !== "Fn::Sub"))
    return undefined;
  switch (spelled(element, STATEMENT_ELEMENTS)) {
    case "Sid":
      return { at: "sid" };
    case "Effect":
      return { at: "effect" };
    case "Action":
    case "NotAction":
      return { at: "action", listed, siblings };
    case "Resource":
    case "NotResource":
      return { at: "resource", listed, siblings };
    case "Principal":
    case "NotPrincipal":
      if (second === undefined) return { at: "principal" };
      return third === undefined ? { at: "principal-value", type: second, listed, siblings } : undefined;
    case "Condition":
      if (second === undefined) return { at: "condition" };
      return third === undefined
        ? { at: "operator-value", operator: parseOperator(second) }
        : { at: "condition-value", operator: parseOperator(second), key: third, listed, siblings };
    default:
      return undefined;
  }
}

/** The keys from the statement down to the object; of a document, from that. */
export function pathWithin(object: ObjectNode, statement: ObjectNode | undefined): readonly string[] {
  const path: string[] = [];
  let at: ObjectNode = object;
  while (at !== statement) {
    const holder: MemberNode | undefined =
      at.parent?.type === "array" ? (at.parent.parent as MemberNode | undefined) : at.parent;
    if (holder?.type !== "member") return [];
    path.unshift(holder.key.value);
    at = holder.parent;
  }
  return path;
}

function isPrincipal(element: string): boolean {
  return sameWord(element, "Principal") || sameWord(element, "NotPrincipal");
}

function spelled<Name extends DocumentElement | StatementElement>(
  written: string,
  names: readonly Name[],
): Name | undefined {
  return names.find((name) => sameWord(name, written));
}

export function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
