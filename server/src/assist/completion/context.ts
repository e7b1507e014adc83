/**
 * Where in a policy a cursor is: which element's name or value, of which statement, in which condition. Half-typed and
 * cut-off policies included. What could stand there is not told here.
 */

import { isIntrinsic, isIntrinsicName } from "../../policy/intrinsic.js";
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
import { readTerraformDocument } from "../../policy/terraform-document.js";
import { DOCUMENT_ELEMENTS, type PolicyKind, STATEMENT_ELEMENTS } from "../../policy/words.js";
import type { Cursor } from "../../syntax/cursor.js";
import {
  itemsOf,
  type KeyNode,
  memberOf,
  type ObjectNode,
  type StringNode,
  type ValueNode,
} from "../../syntax/tree.js";
import { looksLikeLoneStatement } from "../lone-statement.js";
import { type Owner, objectsAround, type Place, placeOf, sameWord } from "../place.js";
import {
  type TerraformBlock,
  terraformBlockAround,
  terraformDocumentAround,
} from "../terraform-arguments.js";

export interface Context {
  /** `document` is a text with nothing in it yet. */
  readonly place:
    | Place
    | { readonly at: "document" }
    | { readonly at: "argument"; readonly block: TerraformBlock; readonly object: ObjectNode };
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
  const document = terraformDocumentAround(node, cursor.tree.root);
  if (document !== undefined) return terraformContext(cursor, document, hints);
  const owner = policyAround(cursor, hints, named);
  if (owner === undefined) return undefined;
  const policy = readPolicy(owner.policy);
  const statement = owner.statement && statementOf(policy, owner.statement);
  const place = placeOf(node, owner);
  if (place === undefined) return undefined;
  return { place, cursor, policy, statement, ...kindOf(policy, hints) };
}

/** In a document in Terraform's words the names are Terraform's, and the values are those of a policy. */
function terraformContext(cursor: Cursor, document: ObjectNode, hints: KindHints): Context | undefined {
  const read = readTerraformDocument(document);
  const policy = read && readPolicy(read);
  const kind = kindOf(policy, hints);
  if (cursor.node.type === "key") {
    const around = terraformBlockAround(cursor.node, document);
    return around && { place: { at: "argument", ...around }, cursor, policy, statement: undefined, ...kind };
  }
  const node = read && textAt(read, cursor.node.start);
  if (read === undefined || node === undefined) return undefined;
  const statement = policy?.statements.find(({ start, end }) => start <= node.start && node.end <= end);
  const place = placeOf(node, { policy: read, statement: statement?.node });
  if (place === undefined) return undefined;
  const { edits } = cursor;
  return {
    place: "object" in place && node.type === "key" ? { ...place, object: alone(place.object, node) } : place,
    // What the word is read as is what the statement holds, and not what stands in the text: a name is a text there.
    cursor: { ...cursor, node, edits: { ...edits, member: (key) => edits.text(key) } },
    policy,
    statement,
    ...kind,
  };
}

/** Blocks stand each for itself: what others name is not taken. */
function alone(object: ObjectNode, node: KeyNode): ObjectNode {
  return { ...object, members: object.members.filter(({ key }) => key === node) };
}

/** The text that stands there, by what it is read as. */
function textAt(node: KeyNode | ValueNode | undefined, start: number): KeyNode | StringNode | undefined {
  if (node?.type === "string" || node?.type === "key")
    return node.start === start && node.end > start ? node : undefined;
  if (node?.type !== "object" && node?.type !== "array") return undefined;
  const parts = node.type === "array" ? node.items : node.members.flatMap(({ key, value }) => [key, value]);
  for (const it of parts) {
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
    // Of the statements that CloudFormation chooses from, each is written as any other.
    const inside = around.slice(0, around.indexOf(policy)).findLast((it) => !isIntrinsic(it));
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
  if (holder?.type !== "member") return false;
  if (isIntrinsicName(holder.key.value)) return holds(policy, holder.parent);
  return holder.parent === policy && sameWord(holder.key.value, "Statement");
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
  const holder = object.parent.type === "array" ? object.parent.parent : object.parent;
  if (holder?.type === "member" && NAMES_A_POLICY.test(holder.key.value)) return true;
  const written = itemsOf(memberOf(object, "Statement")?.value).filter((it) => it !== node);
  return written.some((it) => it.type === "object" && hasElementsOnly(it, node));
}

/** Elsewhere, what is called a statement may be a bank's. */
const NAMES_A_POLICY = /(?:polic(?:y|ies)(?:_?(?:document|text))?|^document)$/i;

/** The same before its effect is written, where the file may hold it: nothing in it that no statement has. */
function mayBecomeStatement(
  object: ObjectNode,
  node: KeyNode | StringNode,
  path: string | undefined,
  named: boolean,
): boolean {
  return object.parent === undefined && (named || !isOtherFile(path)) && hasElementsOnly(object, node);
}

/** Elements of a statement, but for the word at the cursor. */
function hasElementsOnly({ members }: ObjectNode, node: KeyNode | StringNode): boolean {
  const keys = members.filter(({ key }) => key !== node).map(({ key }) => key.value);
  return keys.length > 0 && keys.every((key) => (STATEMENT_ELEMENTS as readonly string[]).includes(key));
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
