/**
 * A policy document in AWS's words, over the neutral tree. Every part may be absent or of the wrong type;
 * then it is left out here and a rule says so.
 */
import type { ArrayNode, MemberNode, ObjectNode, StringNode, ValueNode } from "../syntax/tree.js";
import { itemsOf } from "../syntax/tree.js";
import { type ActionPattern, readActionPattern } from "./action-pattern.js";
import { Asked, questionsAbout } from "./answered.js";
import { type Condition, readConditions } from "./condition.js";
import { documentElements, type Elements, statementElements } from "./elements.js";
import { choicesOf, isIntrinsic } from "./intrinsic.js";
import { type Principal, readPrincipals } from "./principal.js";
import { type Shape, shapeOf } from "./shape.js";
import type { DocumentElement, StatementElement } from "./words.js";

export interface Policy {
  readonly node: ObjectNode;
  readonly version: StringNode | undefined;
  readonly statements: readonly Statement[];
  /**
   * Those that a template chooses among by conditions of its own. Which of them are there together is not known, so each is
   * looked at by itself.
   */
  readonly alternatives: readonly Statement[];
  readonly elements: Elements<DocumentElement>;
}

/** Those that are there, and those that may be. */
export function everyStatement({ statements, alternatives }: Policy): readonly Statement[] {
  return alternatives.length === 0 ? statements : [...statements, ...alternatives];
}

export interface Statement extends Asked {
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
  readonly shape: Shape;
  readonly elements: Elements<StatementElement>;
}

export const ofStatement = questionsAbout<Statement>();

/**
 * Reads the root of a tree, or an object nested in another document, as a policy.
 * @param known statements that have been read before, by their nodes: they stay the same, with all their answers
 */
export function readPolicy(
  node: ObjectNode,
  known: ReadonlyMap<ObjectNode, Statement> = NO_STATEMENTS,
): Policy {
  const { elements } = documentElements(node);
  const statements: Statement[] = [];
  let alternatives: readonly Statement[] = NONE;
  const read = (node: ObjectNode, index: number) => {
    const before = known.get(node);
    return before?.index === index ? before : readStatement(node, index);
  };
  for (const item of itemsOf(elements.Statement?.value)) {
    if (item.type !== "object") continue;
    if (!isIntrinsic(item)) statements.push(read(item, statements.length));
    else
      for (const choice of choicesOf(item))
        if (choice.type === "object") alternatives = [...alternatives, read(choice, alternatives.length)];
  }
  return { node, version: stringOf(elements.Version), statements, alternatives, elements };
}

const NO_STATEMENTS: ReadonlyMap<ObjectNode, Statement> = new Map();

export function readStatement(node: ObjectNode, index: number): Statement {
  return new StatementView(node, index);
}

class StatementView extends Asked implements Statement {
  readonly sid: StringNode | undefined;
  readonly effect: StringNode | undefined;
  readonly actions: readonly ActionPattern[];
  readonly notActions: readonly ActionPattern[];
  readonly resources: readonly StringNode[];
  readonly notResources: readonly StringNode[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
  readonly shape: Shape;
  readonly elements: Elements<StatementElement>;

  constructor(
    readonly node: ObjectNode,
    readonly index: number,
  ) {
    super();
    const { elements, odd } = statementElements(node);
    this.elements = elements;
    this.sid = stringOf(elements.Sid);
    this.effect = stringOf(elements.Effect);
    this.shape = shapeOf(elements, this.effect?.value, odd);
    this.actions = actionsIn(elements.Action);
    this.notActions = actionsIn(elements.NotAction);
    this.resources = stringsOf(elements.Resource);
    this.notResources = stringsOf(elements.NotResource);
    this.principals = readPrincipals(elements.Principal?.value);
    this.notPrincipals = readPrincipals(elements.NotPrincipal?.value);
    const condition = elements.Condition?.value;
    this.conditions = condition?.type === "object" ? readConditions(condition) : NONE;
  }

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }
}

const NONE: readonly never[] = [];

/** Is this object a policy, finished or half typed? What decides is a `Statement`, or a version of AWS's. */
export function looksLikePolicy(node: ObjectNode): boolean {
  const { elements } = documentElements(node);
  const { Statement: statement, Version: version } = elements;
  const day = stringOf(version)?.value ?? "";
  if (statement !== undefined) {
    const items = itemsOf(statement.value);
    if (items.some(isOfDataProtection)) return false;
    // Banks make statements too, and number the versions of what they send.
    return items.length === 0 || items.some(looksLikeStatement) || /^20\d\d-/.test(day);
  }
  return /^20\d\d-\d\d-\d\d$/.test(day) && node.members.length <= 3;
}

/** Of the policies by which CloudWatch Logs and SNS mask data: they look alike, and are none of IAM's. */
function isOfDataProtection(item: ValueNode): boolean {
  return item.type === "object" && item.members.some(({ key }) => DATA_PROTECTION.has(key.value));
}

const DATA_PROTECTION = new Set(["DataIdentifier", "DataDirection", "Operation"]);

function looksLikeStatement(item: ValueNode): boolean {
  if (item.type !== "object") return false;
  const { elements } = statementElements(item);
  const { Effect: effect, Action: action, NotAction: notAction } = elements;
  return [effect, action, notAction].some((it) => it !== undefined) || item.members.length === 0;
}

/** A list that may also be written as its only item: the list node, or `undefined`. */
export function listOf(member: MemberNode | undefined): ArrayNode | undefined {
  return member?.value?.type === "array" ? member.value : undefined;
}

function stringOf(member: MemberNode | undefined): StringNode | undefined {
  return member?.value?.type === "string" ? member.value : undefined;
}

function actionsIn(member: MemberNode | undefined): readonly ActionPattern[] {
  if (member === undefined) return NONE;
  const items = itemsOf(member.value);
  return (isAllText(items) ? items : items.filter(isText)).map(readActionPattern);
}

function stringsOf(member: MemberNode | undefined): readonly StringNode[] {
  if (member === undefined) return NONE;
  const items = itemsOf(member.value);
  return isAllText(items) ? items : items.filter(isText);
}

function isText(item: ValueNode): item is StringNode {
  return item.type === "string";
}

function isAllText(items: readonly ValueNode[]): items is readonly StringNode[] {
  for (const { type } of items) if (type !== "string") return false;
  return true;
}
