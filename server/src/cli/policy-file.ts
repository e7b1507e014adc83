/** The policy that a file named on the command line is, or the policies that are in it. */
import { resolve } from "node:path";
import { type AccountProblem, describeProblem } from "../account/problem.js";
import { isAccount } from "../account/read-account.js";
import { readDocumentText } from "../account/read-document.js";
import { looksLikePolicy, type Policy } from "../policy/policy.js";
import { languageOf, parseDocument } from "../syntax/document.js";
import { pathAt, toPointer } from "../syntax/tree.js";
import { MAX_LENGTH } from "../workspace/analysis.js";
import { type DocumentPolicies, documentPolicies } from "../workspace/document-policies.js";
import { gitText } from "./git-text.js";
import { readTextFile, sizeOf } from "./read-text.js";
import { type Terminal, UsageError } from "./terminal.js";

/**
 * The policies in a file; `undefined` where there are none, and for an account, which is more than its policies.
 * @throws UsageError for a policy that AWS would not take
 */
export function readPolicies(file: string, { cwd }: Terminal): DocumentPolicies | undefined {
  const path = resolve(cwd, file);
  if (sizeOf(path, file) > MAX_LENGTH) return undefined;
  return policiesIn(readTextFile(path, file), file);
}

/**
 * The policies of such a file as git has it at a revision.
 * @throws UsageError where git has no such file, or for a policy that AWS would not take
 */
export function readCommittedPolicies(
  file: string,
  revision: string,
  { cwd }: Terminal,
): DocumentPolicies | undefined {
  const text = gitText(resolve(cwd, file), revision, file);
  return text.length > MAX_LENGTH ? undefined : policiesIn(text, file);
}

function policiesIn(text: string, file: string): DocumentPolicies | undefined {
  const found = documentPolicies(text, languageOf(file));
  if (found.policies.length === 0 || isAccount(found.root)) return undefined;
  for (const policy of found.policies) {
    const problem = found.problemIn(policy);
    if (problem === undefined) continue;
    const pointer = toPointer(pathAt(found.root, problem));
    const repair = problem.repairable ? " Repair it with `iam-policy lint --fix`." : "";
    throw new UsageError(
      `${file}${pointer === "" ? "" : ` ${pointer}`}: AWS would not take this policy: ${problem.why}.${repair}`,
    );
  }
  return found;
}

/**
 * The policy that a file is; `undefined` where it is something else.
 * @throws UsageError for a policy that AWS would not take
 */
export function readPolicyFile(file: string, { cwd }: Terminal): Policy | undefined {
  const path = resolve(cwd, file);
  // What is longer than any policy may be an account.
  if (sizeOf(path, file) > MAX_LENGTH) return undefined;
  const text = readTextFile(path, file);
  const language = languageOf(file);
  const { root } = parseDocument(text, language).tree;
  if (root?.type !== "object" || !looksLikePolicy(root)) return undefined;
  const problems: AccountProblem[] = [];
  const policy = readDocumentText({ file, text, language }, undefined, problems);
  if (policy === undefined) throw new UsageError(problems.map(describeProblem).join("\n"));
  return policy;
}
