/**
 * When two policy documents say the same, so that there is nothing to change: the order of things, white space, and
 * whether a single value stands in a list mean nothing. What a document grants is not asked here.
 */
import { canonicalStatement } from "../../policy/canonical-statement.js";
import { type Policy, readPolicy } from "../../policy/policy.js";
import { parseDocument } from "../../syntax/document.js";
import { toJson } from "../../syntax/to-json.js";

/** A document that is read, as the text that goes to AWS. */
export function documentText({ node }: Policy): string {
  return JSON.stringify(toJson(node));
}

export function sameDocument(a: string, b: string): boolean {
  return a === b || documentMeaning(a) === documentMeaning(b);
}

/** `undefined` for what is no policy; then only an equal text is the same. */
export function policyIn(text: string): Policy | undefined {
  return read(text).policy;
}

/** Equal for documents that say the same. */
export function documentMeaning(text: string): string {
  return read(text).meaning;
}

interface Read {
  readonly policy: Policy | undefined;
  readonly meaning: string;
}

/** A plan asks for the same few documents again and again. */
const known = new Map<string, Read>();
const MOST = 4_096;

function read(text: string): Read {
  let found = known.get(text);
  if (found === undefined) {
    const { root, problems } = parseDocument(text, "json").tree;
    const policy = root?.type === "object" && problems.length === 0 ? readPolicy(root) : undefined;
    found = { policy, meaning: policy === undefined ? text : meaningOf(policy) };
    if (known.size >= MOST) known.clear();
    known.set(text, found);
  }
  return found;
}

function meaningOf(policy: Policy): string {
  const id = policy.elements.Id?.value;
  const statements = policy.statements.map((it) => [
    it.sid?.value ?? "",
    accountsAsIds(canonicalStatement(it)),
  ]);
  return JSON.stringify([
    policy.version?.value ?? WITHOUT_VERSION,
    id?.type === "string" ? id.value : "",
    [...new Set(statements.map((it) => JSON.stringify(it)))].sort(),
  ]);
}

/** What a document without a `Version` has. */
const WITHOUT_VERSION = "2008-10-17";

/** AWS answers with the ARN of the root where a policy named an account by its twelve digits. */
function accountsAsIds(canonical: string): string {
  return canonical.replace(/^(?:Not)?Principal:.*$/gm, (line) =>
    line.replace(/"arn:[^":]*:iam::(\d{12}):root"/g, '"$1"'),
  );
}
