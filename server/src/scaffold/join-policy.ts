/**
 * The statements of one policy put into another by edits, so that its layout and comments stay. It only ever adds: what is
 * there already, under whatever name, is not put in again. Whether the two go together is for lint and access tests to say.
 */
import { fillPlaceholders, type Variables } from "../account/fill-placeholders.js";
import { canonicalStatement } from "../policy/canonical-statement.js";
import { freeSid } from "../policy/free-sid.js";
import { looksLikePolicy, type Policy, readPolicy } from "../policy/policy.js";
import { VERSIONS } from "../policy/words.js";
import { parseDocument } from "../syntax/document.js";
import { applyEdits, type Edits, type Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import { toJson } from "../syntax/to-json.js";
import { itemsOf, type ObjectNode, pointedAt } from "../syntax/tree.js";
import type { JsonObject } from "./template.js";

export interface JoinedPolicy {
  /** As it was where there is a problem. */
  readonly text: string;
  /** Why the statements cannot go there, as a sentence. */
  readonly problem?: string;
}

/**
 * @param addition the text of the policy whose statements are put in
 * @param variables that fill the placeholders of the policy that is there
 * @param pointer where it stands in the text
 * @returns `undefined` where no policy stands there
 */
export function joinPolicy(
  text: string,
  addition: string,
  variables: Variables,
  pointer = "",
): JoinedPolicy | undefined {
  const { policy: added } = read(addition) ?? {};
  // A text in one line is still one when a line break ends it.
  let joined = text.trimEnd();
  const end = text.slice(joined.length);
  for (const statement of added?.statements ?? []) {
    const there = read(joined, pointer);
    if (added === undefined || there === undefined) return undefined;
    const { policy, edits, broken } = there;
    if (broken !== undefined)
      return { text, problem: `This is not valid JSON (${broken.code}): repair it first.` };
    if (versionOf(policy) !== versionOf(added)) return { text, problem: otherVersion(policy, added) };
    const { statements } = readPolicy(fillPlaceholders(policy.node, variables, () => {}) as ObjectNode);
    if (statements.map(canonicalStatement).includes(canonicalStatement(statement))) continue;
    const taken = new Set(statements.map(({ sid }) => sid?.value));
    joined = applyEdits(joined, append(policy, named(toJson(statement.node) as JsonObject, taken), edits));
  }
  return added === undefined ? undefined : { text: joined + end };
}

function read(text: string, pointer = "") {
  const { tree, edits } = parseDocument(text, "jsonc");
  const found = tree.root && pointedAt(tree.root, pointer);
  const node = found?.type === "member" ? found.value : found;
  if (node?.type !== "object" || !looksLikePolicy(node)) return undefined;
  return { policy: readPolicy(node), edits, broken: tree.problems[0] };
}

/** Without one AWS takes the oldest, in which `${aws:username}` is no variable. */
function versionOf({ version }: Policy): string | undefined {
  return version?.value ?? VERSIONS.at(-1);
}

function otherVersion(there: Policy, added: Policy): string {
  return `The policy is of version ${versionOf(there)}, and the new statements are of ${versionOf(added)}: make its \`Version\` the same, and see that it still says what it should.`;
}

function named(statement: JsonObject, taken: ReadonlySet<string | undefined>): JsonObject {
  const { Sid: sid } = statement;
  return typeof sid === "string" ? { ...statement, Sid: freeSid(sid, taken) } : statement;
}

function append({ node, elements }: Policy, statement: Json, edits: Edits): readonly Edit[] {
  const list = elements.Statement?.value;
  const last = itemsOf(list).at(-1);
  if (last !== undefined) return edits.insertAfter(last, statement);
  return list?.type === "array"
    ? edits.appendItem(list, statement)
    : edits.insertMember(node, "Statement", [statement]);
}
