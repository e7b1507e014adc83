/**
 * Where in a policy a cursor is: which element's name or value, of which statement, in which condition. Half-typed and
 * cut-off policies included. What could stand there is not told here.
 */

import { type ConditionOperator, parseOperator } from "../../policy/condition.js";
import { detectKind, type KindHints } from "../../policy/kind.js";
import { kindByName } from "../../policy/kind-by-name.js";
import { kindByPlace } from "../../policy/kind-by-place.js";
import {
  looksLikePolicy,
  type Policy,
  readPolicy,
  readStatement,
  type Statement,
} from "../../policy/policy.js";
import {
  DOCUMENT_ELEMENTS,
  type DocumentElement,
  type PolicyKind,
  STATEMENT_ELEMENTS,
  type StatementElement,
} from "../../policy/words.js";
import type { Cursor } from "../../syntax/cursor.js";
import type { KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "../../syntax/tree.js";

export type Place =
  /** A text with nothing in it yet. */
  | { readonly at: "document" }
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
  | { readonly at: "condition-key"; readonly operator: ConditionOperator; readonly object: ObjectNode }
  | {
      readonly at: "condition-value";
      readonly operator: ConditionOperator;
      readonly key: string;
      readonly listed: boolean;
      readonly siblings: readonly string[];
    };

export interface Context {
  readonly place: Place;
  readonly cursor: Cursor;
  /** `undefined` where there is none yet. */
  readonly policy: Policy | undefined;
  readonly statement: Statement | undefined;
  readonly kind: PolicyKind;
  /** Was the kind told by more than what the policy lacks so far? */
  readonly kindCertain: boolean;
}

/** `undefined` outside of policies, and in places of a policy where nothing can be proposed. */
export function contextAt(cursor: Cursor, hints: KindHints, named: boolean): Context | undefined {
  const { node } = cursor;
  if (node.type === "string" && node.parent === undefined) {
    return isOtherFile(hints.path) && !named
      ? undefined
      : {
          place: { at: "document" },
          cursor,
          policy: undefined,
          statement: undefined,
          ...kindOf(undefined, hints),
        };
  }
  const owner = policyAround(cursor, hints, named);
  if (owner === undefined) return undefined;
  const policy = readPolicy(owner.policy);
  const statement = owner.statement && statementOf(policy, owner.statement);
  const place = placeIn(owner, cursor, statement);
  if (place === undefined) return undefined;
  return { place, cursor, policy, statement, ...kindOf(policy, hints) };
}

interface Owner {
  readonly policy: ObjectNode;
  readonly statement: ObjectNode | undefined;
}

/** The objects around the cursor, innermost first. */
function objectsAround(node: KeyNode | StringNode, root: ValueNode | undefined): readonly ObjectNode[] {
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

function policyAround({ node, tree }: Cursor, hints: KindHints, named: boolean): Owner | undefined {
  const around = objectsAround(node, tree.root);
  const policy =
    around.find(looksLikePolicy) ??
    around.find((object) => mayBecomePolicy(object, node, hints.path, named)) ??
    undefined;
  if (policy !== undefined) {
    const inside = around[around.indexOf(policy) - 1];
    return { policy, statement: inside !== undefined && holds(policy, inside) ? inside : undefined };
  }
  // A statement on its own, as people paste them.
  const root = around.at(-1);
  return root !== undefined && looksLikeLoneStatement(root) ? { policy: root, statement: root } : undefined;
}

/** Is the object a statement of the policy, as far as its place tells? */
function holds(policy: ObjectNode, inside: ObjectNode): boolean {
  const holder = inside.parent?.type === "array" ? inside.parent.parent : inside.parent;
  return holder?.type === "member" && holder.parent === policy && sameWord(holder.key.value, "Statement");
}

/** A document that has just been begun, with nothing in it that no policy has. */
function mayBecomePolicy(
  object: ObjectNode,
  node: KeyNode | StringNode,
  path: string | undefined,
  named: boolean,
): boolean {
  const keys = object.members.filter(({ key }) => key !== node).map(({ key }) => key.value);
  if (!keys.every((key) => (DOCUMENT_ELEMENTS as readonly string[]).includes(key))) return false;
  if (object.parent === undefined) return named || !isOtherFile(path);
  if (keys.includes("Statement")) return true;
  const holder = object.parent.type === "member" ? object.parent.key.value : "";
  return /Polic(?:y|yDocument|yText)$/.test(holder);
}

function looksLikeLoneStatement({ members }: ObjectNode): boolean {
  const keys = members.map(({ key }) => key.value);
  return (
    keys.includes("Effect") &&
    keys.filter((key) => !(STATEMENT_ELEMENTS as readonly string[]).includes(key)).length <= 1
  );
}

/** Files whose name says that they hold something else. */
function isOtherFile(path: string | undefined): boolean {
  if (path === undefined) return false;
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return OTHER_FILES.test(name) || /[\\/]\.(?:vscode|devcontainer|github)[\\/]/.test(path);
}

const OTHER_FILES =
  /^(?:package(?:-lock)?|[jt]sconfig.*|composer|bower|lerna|nx|turbo|vercel|deno|biome|renovate|manifest|angular|cdk|samconfig|launch|tasks|settings|extensions|.*[.-]schema|iam-policy\.config|iam-account|.*\.access-test|\..*)\.jsonc?$/i;

function statementOf(policy: Policy, node: ObjectNode): Statement {
  return policy.statements.find((it) => it.node === node) ?? readStatement(node, 0);
}

function kindOf(policy: Policy | undefined, hints: KindHints): Pick<Context, "kind" | "kindCertain"> {
  if (policy === undefined) {
    const kind = hints.override ?? hints.configured?.kind ?? kindByName(hints.path)?.kind;
    return { kind: kind ?? "identity", kindCertain: kind !== undefined };
  }
  const { kind } = detectKind(policy, hints);
  const told =
    hints.override !== undefined ||
    hints.configured !== undefined ||
    kindByPlace(policy.node) !== undefined ||
    kindByName(hints.path) !== undefined;
  return { kind, kindCertain: told };
}

function placeIn(
  { policy, statement }: Owner,
  { node }: Cursor,
  read: Statement | undefined,
): Place | undefined {
  if (node.type === "key") {
    const object = memberOfKey(node, statement ?? policy)?.parent;
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
  if (read === undefined) return undefined;
  const path = [...pathWithin(holder.parent, statement), holder.key.value];
  return statementValue(path, listed, siblings);
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
        ? undefined
        : { at: "condition-value", operator: parseOperator(second), key: third, listed, siblings };
    default:
      return undefined;
  }
}

/** The keys from the statement down to the object. */
function pathWithin(object: ObjectNode, statement: ObjectNode | undefined): readonly string[] {
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

function memberOfKey(key: KeyNode, top: ObjectNode): MemberNode | undefined {
  for (const object of objectsAround(key, top)) {
    const member = object.members.find((it) => it.key === key);
    if (member !== undefined) return member;
  }
  return undefined;
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

function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
