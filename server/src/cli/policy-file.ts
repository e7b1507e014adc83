/** The policy that a file named on the command line is. */
import { resolve } from "node:path";
import { type AccountProblem, describeProblem } from "../account/problem.js";
import { readDocumentText } from "../account/read-document.js";
import { looksLikePolicy, type Policy } from "../policy/policy.js";
import { languageOf, parseDocument } from "../syntax/document.js";
import { MAX_LENGTH } from "../workspace/analysis.js";
import { readTextFile, sizeOf } from "./read-text.js";
import { type Terminal, UsageError } from "./terminal.js";

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
