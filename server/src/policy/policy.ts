/**
 * A policy document in AWS's words, over the neutral tree. Every part may be absent or of the wrong type;
 * then it is left out here and a rule says so.
 */
import type { ArrayNode, MemberNode, ObjectNode, StringNode, ValueNode } from "../syntax/tree.js";
import { itemsOf } from "../syntax/tree.js";
import { type ActionPattern, readActionPattern } from "./action-pattern.js";
import { type Condition, readConditions } from "./condition.js";
import { isIntrinsic } from "./intrinsic.js";
import { type Principal, readPrincipals } from "./principal.js";
import {
  DOCUMENT_ELEMENTS,
  type DocumentElement,
  STATEMENT_ELEMENTS,
  type StatementElement,
} from "./words.js";

export interface Policy {
  readonly node: ObjectNode;
  readonly version: StringNode | undefined;
  readonly statements: readonly Statement[];
  element(name: DocumentElement): MemberNode | undefined;
}

export interface Statement {
  readonly start: number;
  readonly end: number;
  readonly node: ObjectNode;
  /** Position among the policy's statements, from 0. */
  readonly index: number;
  readonly sid: StringNode | undefined;
  readonly effect: StringNode | undefined;
  readonly actions: readonly ActionPattern[];
  readonly notActions: readonly ActionPattern[];
  readonly resources: readonly StringNode[];
  readonly notResources: readonly StringNode[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
  element(name: StatementElement): MemberNode | undefined;
}

/** Reads the root of a tree, or an object nested in another document, as a policy. */
export function readPolicy(node: ObjectNode): Policy {
  const elements = elementsOf(node, DOCUMENT_ELEMENTS);
  const element = (name: DocumentElement) => elements.get(name);
  const statements = itemsOf(element("Statement")?.value)
    .filter((item): item is ObjectNode => item.type === "object" && !isIntrinsic(item))
    .map(readStatement);
  return { node, version: stringOf(element("Version")), statements, element };
}

export function readStatement(node: ObjectNode, index: number): Statement {
  const elements = elementsOf(node, STATEMENT_ELEMENTS);
  const element = (name: StatementElement) => elements.get(name);
  const condition = element("Condition")?.value;
  return {
    start: node.start,
    end: node.end,
    node,
    index,
    sid: stringOf(element("Sid")),
    effect: stringOf(element("Effect")),
    actions: stringsOf(element("Action")).map(readActionPattern),
    notActions: stringsOf(element("NotAction")).map(readActionPattern),
    resources: stringsOf(element("Resource")),
    notResources: stringsOf(element("NotResource")),
    principals: readPrincipals(element("Principal")?.value),
    notPrincipals: readPrincipals(element("NotPrincipal")?.value),
    conditions: condition?.type === "object" ? readConditions(condition) : [],
    element,
  };
}

/** Is this object a policy, finished or half typed? What decides is a `Statement`, or a version of AWS's. */
export function looksLikePolicy(node: ObjectNode): boolean {
  const elements = elementsOf(node, DOCUMENT_ELEMENTS);
  const statement = elements.get("Statement");
  if (statement !== undefined) {
    const items = itemsOf(statement.value);
    if (items.some(isOfDataProtection)) return false;
    return items.length === 0 || items.some(looksLikeStatement) || elements.has("Version");
  }
  const version = stringOf(elements.get("Version"));
  return version !== undefined && /^20\d\d-\d\d-\d\d$/.test(version.value) && node.members.length <= 3;
}

/** Of the policies by which CloudWatch Logs and SNS mask data: they look alike, and are none of IAM's. */
function isOfDataProtection(item: ValueNode): boolean {
  return item.type === "object" && item.members.some(({ key }) => DATA_PROTECTION.has(key.value));
}

const DATA_PROTECTION = new Set(["DataIdentifier", "DataDirection", "Operation"]);

function looksLikeStatement(item: ValueNode): boolean {
  if (item.type !== "object") return false;
  const names = elementsOf(item, STATEMENT_ELEMENTS);
  return item.members.length === 0 || names.has("Effect") || names.has("Action") || names.has("NotAction");
}

/** A list that may also be written as its only item: the list node, or `undefined`. */
export function listOf(member: MemberNode | undefined): ArrayNode | undefined {
  return member?.value?.type === "array" ? member.value : undefined;
}

/**
 * Elements by their proper names. One in the wrong case still counts, so that a mistake in the name
 * (which `unknown-element` reports) does not make the element missing as well.
 */
function elementsOf<Name extends string>(
  node: ObjectNode,
  names: readonly Name[],
): ReadonlyMap<Name, MemberNode> {
  const found = new Map<Name, MemberNode>();
  let odd = false;
  for (const member of node.members) {
    if (names.includes(member.key.value as Name)) found.set(member.key.value as Name, member);
    else odd = true;
  }
  if (odd) {
    for (const member of node.members) {
      const folded = member.key.value.toLowerCase();
      const name = names.find((it) => it.toLowerCase() === folded);
      if (name !== undefined && !found.has(name)) found.set(name, member);
    }
  }
  return found;
}

function stringOf(member: MemberNode | undefined): StringNode | undefined {
  return member?.value?.type === "string" ? member.value : undefined;
}

function stringsOf(member: MemberNode | undefined): readonly StringNode[] {
  return itemsOf(member?.value).filter((item) => item.type === "string");
}
