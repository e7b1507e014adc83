/** Reads an account from a text, whichever of the two forms it has; other outputs of AWS are named as what they are. */
import { looksLikePolicy } from "../policy/policy.js";
import { parseDocument } from "../syntax/document.js";
import { memberOf, type ObjectNode, type ValueNode } from "../syntax/tree.js";
import type { ManagedPolicySource } from "./account-builder.js";
import {
  type AccountText,
  type ReadAccount,
  type ReadPolicyFile,
  readDesiredAccount,
} from "./desired-account.js";
import { readSnapshot, SNAPSHOT_LISTS } from "./snapshot.js";

export function readAccount(
  source: AccountText,
  readFile: ReadPolicyFile,
  managed: ManagedPolicySource,
): ReadAccount {
  const { tree } = parseDocument(source.text, "jsonc");
  const { root } = tree;
  const foreign = isUtf16(source.text) ? UTF_16 : foreignFormat(root?.type === "object" ? root : undefined);
  if (foreign !== undefined) {
    const { file } = source;
    const problem = { file, pointer: "", message: foreign, start: 0, end: source.text.length };
    return { account: undefined, problems: [problem] };
  }
  if (root?.type === "object" && isSnapshot(root)) return readSnapshot(source.file, tree, managed);
  return readDesiredAccount(source.file, tree, readFile, managed);
}

/** Is the text an account, whatever is wrong with it? */
export function isAccount(root: ValueNode | undefined): boolean {
  if (root?.type !== "object" || looksLikePolicy(root)) return false;
  // Access tests name their account too.
  return (
    isSnapshot(root) || (memberOf(root, "account") !== undefined && memberOf(root, "tests") === undefined)
  );
}

function isSnapshot(root: ObjectNode): boolean {
  return SNAPSHOT_LISTS.some((key) => memberOf(root, key)?.value?.type === "array");
}

/** Read as UTF-8, the mark at the start of UTF-16 is two characters that nobody writes. */
function isUtf16(text: string): boolean {
  return /^\uFFFD\uFFFD|^.?\0/s.test(text);
}

const UTF_16 =
  "This file is in UTF-16, as PowerShell writes what `>` redirects. Save it as UTF-8, for example with `| Out-File -Encoding utf8`.";

/** Keys that tell another format, and what has them. */
const FOREIGN: readonly (readonly [key: string, what: string])[] = [
  ["Users", "the output of `aws iam list-users`"],
  ["Groups", "the output of `aws iam list-groups`"],
  ["Roles", "the output of `aws iam list-roles`"],
  ["Statement", "a policy"],
  ["tests", "a file of access tests"],
  ["AWSTemplateFormatVersion", "a CloudFormation template"],
  ["terraform_version", "a state or plan of Terraform"],
  ["Resources", "a CloudFormation template"],
  ["accounts", "an export of another tool"],
  ["principal", "a request for `iam-policy simulate --request`"],
];

function foreignFormat(root: ObjectNode | undefined): string | undefined {
  const wanted =
    "An account is an `iam-account.json`, or the output of `aws iam get-account-authorization-details`.";
  if (root === undefined) return `This is not an account. ${wanted}`;
  if (memberOf(root, "account") !== undefined || isSnapshot(root)) {
    // Access tests name their account too.
    return memberOf(root, "tests") === undefined ? undefined : `This is a file of access tests. ${wanted}`;
  }
  const [, what] = FOREIGN.find(([key]) => memberOf(root, key) !== undefined) ?? [];
  return what === undefined ? undefined : `This is ${what}. ${wanted}`;
}
