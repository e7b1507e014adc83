/**
 * Terraform's `aws_iam_policy_document` as the policy that it becomes: its arguments by the names of the policy
 * language, over nodes that stand for those in the text. Nothing is computed: what Terraform fills in stays unknown.
 */
import { type Span, spanOf } from "../syntax/span.js";
import { standIn } from "../syntax/stand-in.js";
import {
  itemsOf,
  type KeyNode,
  type MemberNode,
  memberOf,
  type ObjectNode,
  type StringNode,
  type ValueNode,
} from "../syntax/tree.js";
import { ALLOW, CURRENT_VERSION, type DocumentElement, type StatementElement } from "./words.js";

export const TERRAFORM_DOCUMENT = "aws_iam_policy_document";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Holder = Mutable<ObjectNode> & { members: MemberNode[] };

/** The element that an argument becomes. */
export const TERRAFORM_DOCUMENT_ARGUMENTS = {
  statement: "Statement",
  version: "Version",
  policy_id: "Id",
} as const satisfies Readonly<Record<string, DocumentElement>>;

export const TERRAFORM_STATEMENT_ARGUMENTS = {
  sid: "Sid",
  effect: "Effect",
  principals: "Principal",
  not_principals: "NotPrincipal",
  actions: "Action",
  not_actions: "NotAction",
  resources: "Resource",
  not_resources: "NotResource",
  condition: "Condition",
} as const satisfies Readonly<Record<string, StatementElement>>;

const LISTS = ["actions", "not_actions", "resources", "not_resources"] as const;
const PRINCIPALS = ["principals", "not_principals"] as const;

/** `undefined` where all statements come from elsewhere. */
export function readTerraformDocument(body: ObjectNode): ObjectNode | undefined {
  const statement = memberOf(body, "statement");
  if (statement?.value === undefined) return undefined;
  const policy = objectFor(body, body.parent);
  const version = memberOf(body, "version");
  if (version === undefined) addImplied(policy, "Version", CURRENT_VERSION);
  else if (version.value !== undefined) addCopy(policy, "Version", version);
  const id = memberOf(body, "policy_id");
  if (id !== undefined) addCopy(policy, "Id", id);
  const { value } = statement;
  add(policy, "Statement", statement, (member) => {
    const list = standIn(
      { type: "array", ...spanOf(value), parent: member, items: [] as ValueNode[] },
      undefined,
    );
    list.items = itemsOf(value)
      .filter((it) => it.type === "object")
      .map((it) => statementFor(it, list));
    return list;
  });
  return policy;
}

function statementFor(block: ObjectNode, parent: ValueNode["parent"]): ObjectNode {
  const statement = objectFor(block, parent);
  const sid = memberOf(block, "sid");
  if (sid !== undefined) addCopy(statement, "Sid", sid);
  const effect = memberOf(block, "effect");
  if (effect === undefined) addImplied(statement, "Effect", ALLOW);
  else addCopy(statement, "Effect", effect);
  for (const name of PRINCIPALS)
    addPrincipals(statement, TERRAFORM_STATEMENT_ARGUMENTS[name], memberOf(block, name));
  for (const name of LISTS) {
    const member = memberOf(block, name);
    if (member !== undefined) addCopy(statement, TERRAFORM_STATEMENT_ARGUMENTS[name], member);
  }
  addConditions(statement, memberOf(block, "condition"));
  // As they stand in the text, where Terraform has no order.
  statement.members.sort((a, b) => a.start - b.start);
  return statement;
}

function addPrincipals(statement: Holder, element: string, member: MemberNode | undefined): void {
  const blocks = itemsOf(member?.value).filter((it) => it.type === "object");
  if (member?.value === undefined || blocks.length === 0) return;
  add(statement, renamed(member.key, element), member, (holder) => {
    const { value } = member;
    const [first] = blocks;
    const anyone = first && memberOf(first, "type")?.value;
    const identifier = first && itemsOf(memberOf(first, "identifiers")?.value)[0];
    if (blocks.length === 1 && anyone?.type === "string" && anyone.value === "*" && identifier !== undefined)
      return copy(identifier, holder);
    const object = objectFor(value ?? member, holder);
    for (const block of blocks) {
      const type = memberOf(block, "type")?.value;
      const identifiers = memberOf(block, "identifiers");
      if (type?.type !== "string") continue;
      if (identifiers === undefined) addUnknown(object, keyFor(type), block);
      else addCopy(object, keyFor(type), identifiers);
    }
    return object;
  });
}

function addConditions(statement: Holder, member: MemberNode | undefined): void {
  const blocks = itemsOf(member?.value).filter((it) => it.type === "object");
  if (member?.value === undefined || blocks.length === 0) return;
  const { value } = member;
  add(statement, renamed(member.key, "Condition"), member, (holder) => {
    const condition = objectFor(value, holder);
    for (const block of blocks) {
      const test = memberOf(block, "test")?.value;
      const variable = memberOf(block, "variable")?.value;
      const values = memberOf(block, "values");
      // One that Terraform computes could be any: then nothing is known of all of them.
      if (test?.type !== "string" || (variable !== undefined && variable.type !== "string"))
        return standIn({ type: "invalid", ...spanOf(value), parent: holder }, value);
      if (variable === undefined) addUnknown(condition, keyFor(test), block);
      else
        add(condition, keyFor(test), block, (inner) => {
          const pair = objectFor(block, inner);
          if (values === undefined) addUnknown(pair, keyFor(variable), block);
          else addCopy(pair, keyFor(variable), values);
          return pair;
        });
    }
    return condition;
  });
}

function add(
  object: Holder,
  name: string | KeyNode,
  original: Span,
  value: (member: MemberNode) => ValueNode,
): void {
  const key = typeof name === "string" ? keyAt(original, name) : name;
  const member: Mutable<MemberNode> = standIn(
    { type: "member", ...spanOf(original), parent: object, key, value: undefined },
    undefined,
  );
  member.value = value(member);
  object.members.push(member);
}

/** What the document means without saying it. */
function addImplied(object: Holder, name: string, value: string): void {
  const { start } = object;
  add(object, name, { start, end: start }, (parent) => {
    const sourceMap = mapAt(start, value);
    return standIn(
      { type: "string", start, end: start, parent, value, contentStart: start, sourceMap },
      undefined,
    );
  });
}

/** What is not written yet. */
function addUnknown(object: Holder, key: KeyNode, block: ObjectNode): void {
  add(object, key, block, (parent) => standIn({ type: "invalid", ...spanOf(block), parent }, undefined));
}

/** The same value by another name. */
function addCopy(object: Holder, name: string | KeyNode, original: MemberNode): void {
  const key = typeof name === "string" ? renamed(original.key, name) : name;
  // A text that stands beside the value may be its key.
  const span = { start: Math.min(key.start, original.start), end: Math.max(key.end, original.end) };
  const member: Mutable<MemberNode> = standIn(
    { type: "member", ...span, parent: object, key, value: undefined },
    original,
  );
  if (original.value !== undefined) member.value = copy(original.value, member);
  object.members.push(member);
}

function copy(node: ValueNode, parent: ValueNode["parent"]): ValueNode {
  const made = standIn({ ...node, parent } as Mutable<ValueNode>, node);
  if (made.type === "array" && node.type === "array") {
    const holder = made;
    made.items = node.items.map((it) => copy(it, holder));
  } else if (made.type === "string") {
    // Terraform's own mark for what AWS fills in; it is as long.
    (made as Mutable<StringNode>).value = made.value.replaceAll("&{", "${");
  }
  return made;
}

function objectFor(original: ValueNode | MemberNode, parent: ValueNode["parent"]): Holder {
  return standIn({ type: "object", ...spanOf(original), parent, members: [] }, original);
}

/** A text of the document as a key: writing another is writing that text. */
function keyFor(text: StringNode): KeyNode {
  const { start, end, value, contentStart, sourceMap } = text;
  const key: KeyNode = { type: "key", start, end, value, contentStart };
  return standIn(sourceMap === undefined ? key : { ...key, sourceMap }, text);
}

function renamed(key: KeyNode, name: string): KeyNode {
  return standIn({ ...key, value: name, sourceMap: mapFor(key, name) }, undefined);
}

function keyAt({ start }: Span, value: string): KeyNode {
  return standIn(
    { type: "key", start, end: start, value, contentStart: start, sourceMap: mapAt(start, value) },
    undefined,
  );
}

function mapAt(start: number, value: string): readonly number[] {
  return new Array<number>(value.length + 1).fill(start);
}

/** Another word for a key: its first character stands where the key's does, its end where the key's does. */
function mapFor({ contentStart, value, sourceMap }: KeyNode, name: string): readonly number[] {
  const end = sourceMap?.at(-1) ?? contentStart + value.length;
  return [...new Array<number>(name.length).fill(contentStart), end];
}
