/**
 * Where in a policy a cursor is: which element's name or value, of which statement, in which condition. Half-typed and
 * cut-off policies included. What could stand there is not told here.
 */

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
import { readTerraformDocument, TERRAFORM_DOCUMENT } from "../../policy/terraform-document.js";
import { DOCUMENT_ELEMENTS, type PolicyKind, STATEMENT_ELEMENTS } from "../../policy/words.js";
import type { Cursor } from "../../syntax/cursor.js";
import { contains } from "../../syntax/span.js";
import {
  itemsOf,
  type KeyNode,
  type ObjectNode,
  type StringNode,
  type ValueNode,
} from "../../syntax/tree.js";
import { looksLikeLoneStatement } from "../lone-statement.js";
import { type Owner, objectsAround, type Place, placeOf, sameWord } from "../place.js";

export interface Context {
  /** `document` is a text with nothing in it yet. */
  readonly place: Place | { readonly at: "document" };
  readonly cursor: Cursor;
  /** `undefined` where there is none yet. */
  readonly policy: Policy | undefined;
  readonly statement: Statement | undefined;
  readonly kind: PolicyKind;
  /** Was the kind told by more than what the policy lacks so far? */
  readonly kindCertain: boolean;
}

/** `undefined` outside of policies, and in places of a policy where nothing can be proposed. */
export function contextAt(cursor: Cursor, given: KindHints, named: boolean): Context | undefined {
  const { node, title } = cursor;
  const hints = kindByName(title) === undefined ? given : { ...given, path: title };
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
  const body = terraformBodyAround(node, cursor.tree.root);
  if (body !== undefined) return terraformContext(cursor, body, hints);
  const owner = policyAround(cursor, hints, named);
  if (owner === undefined) return undefined;
  const policy = readPolicy(owner.policy);
  const statement = owner.statement && statementOf(policy, owner.statement);
  const place = placeOf(node, owner);
  if (place === undefined) return undefined;
  return { place, cursor, policy, statement, ...kindOf(policy, hints) };
}

/** In a document in Terraform's words, whose names are not ours to offer, the values are those of a policy. */
function terraformContext(cursor: Cursor, body: ObjectNode, hints: KindHints): Context | undefined {
  const read = readTerraformDocument(body);
  const node = read && textAt(read, cursor.node.start);
  if (read === undefined || node === undefined || cursor.node.type === "key") return undefined;
  const policy = readPolicy(read);
  const statement = policy.statements.find(({ start, end }) => start <= node.start && node.end <= end);
  const place = placeOf(node, { policy: read, statement: statement?.node });
  // What the word is read as is what the statement holds, and not what stands in the text.
  return place && { place, cursor: { ...cursor, node }, policy, statement, ...kindOf(policy, hints) };
}

function terraformBodyAround(
  node: KeyNode | StringNode,
  root: ValueNode | undefined,
): ObjectNode | undefined {
  const around = objectsAround(node, root);
  const documents = around.findIndex((it) =>
    it.members.some(({ key, value }) => key.value === TERRAFORM_DOCUMENT && value && contains(value, node)),
  );
  // The document's name is an object between.
  return around[documents - 2];
}

/** The text that stands there, by what it is read as. */
function textAt(value: ValueNode | undefined, start: number): StringNode | undefined {
  if (value?.type === "string") return value.start === start && value.end > start ? value : undefined;
  const values = value?.type === "object" ? value.members.map((it) => it.value) : itemsOf(value);
  if (value?.type !== "object" && value?.type !== "array") return undefined;
  for (const it of values) {
    const found = textAt(it, start);
    if (found !== undefined) return found;
  }
  return undefined;
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
  const lone =
    root !== undefined && (looksLikeLoneStatement(root) || mayBecomeStatement(root, node, hints.path, named));
  return lone ? { policy: root, statement: root } : undefined;
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

/** The same before its effect is written, where the file may hold it: nothing in it that no statement has. */
function mayBecomeStatement(
  { members, parent }: ObjectNode,
  node: KeyNode | StringNode,
  path: string | undefined,
  named: boolean,
): boolean {
  const keys = members.filter(({ key }) => key !== node).map(({ key }) => key.value);
  return (
    parent === undefined &&
    (named || !isOtherFile(path)) &&
    keys.length > 0 &&
    keys.every((key) => (STATEMENT_ELEMENTS as readonly string[]).includes(key))
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
