/**
 * A policy document of an account, from a file or from inside another file. AWS takes no broken JSON, no statement that
 * means nothing and no placeholder, so none of them counts here: the document is left undefined and a problem says where
 * the mistake is.
 */
import { type Policy, readPolicy } from "../policy/policy.js";
import { refusedIn } from "../policy/refused.js";
import { type Language, parseDocument } from "../syntax/document.js";
import type { ValueNode } from "../syntax/tree.js";
import { fillPlaceholders, noValue, type Variables } from "./fill-placeholders.js";
import { type AccountProblem, type Complain, complainer } from "./problem.js";

export interface DocumentText {
  /** As shown to the user. */
  readonly file: string;
  readonly text: string;
  readonly language: Language;
  /** Where the text stands, if it is a text inside of a file. */
  readonly pointer?: string;
}

/** @param variables none for a policy that AWS has already taken */
export function readDocumentText(
  { file, text, language, pointer = "" }: DocumentText,
  variables: Variables | undefined,
  problems: AccountProblem[],
): Policy | undefined {
  const { tree } = parseDocument(text, language);
  const complain = complainer(file, tree.root, problems, pointer);
  const [problem] = tree.problems;
  if (problem !== undefined) {
    complain(
      problem,
      `AWS would not take this policy: ${problem.code}. Repair it with \`iam-policy lint --fix\`.`,
    );
    return undefined;
  }
  if (tree.root === undefined) return undefined;
  return readDocumentNode(tree.root, variables, complain);
}

export function readDocumentNode(
  node: ValueNode,
  variables: Variables | undefined,
  complain: Complain,
): Policy | undefined {
  let unfilled = false;
  const root =
    variables === undefined
      ? node
      : fillPlaceholders(node, variables, (name, at) => {
          if (!unfilled) complain(at, noValue(name));
          unfilled = true;
        });
  if (unfilled) return undefined;
  const policy = root.type === "object" ? readPolicy(root) : undefined;
  const statement = policy?.elements.Statement?.value;
  if (policy === undefined || (statement?.type !== "object" && statement?.type !== "array")) {
    complain(node, "This is not a policy: a policy is an object with a `Statement`.");
    return undefined;
  }
  const refused = refusedIn(policy);
  if (refused !== undefined) complain(refused.at, `AWS would not take this policy: ${refused.why}.`);
  return refused === undefined ? policy : undefined;
}
