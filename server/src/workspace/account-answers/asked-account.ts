/**
 * Which account a question is about: the one that is named, the document itself, or one that is made up around a lone
 * policy. Who is asked and what is not decided here.
 */
import type { Account } from "../../account/account.js";
import { accountAround, callersOf, type LonePolicy } from "../../account/lone-policy.js";
import { type AccountProblem, describeProblem } from "../../account/problem.js";
import { findPolicies } from "../../policy/find-policies.js";
import { detectKind } from "../../policy/kind.js";
import { looksLikePolicy } from "../../policy/policy.js";
import { languageOf, parseDocument } from "../../syntax/document.js";
import { contains } from "../../syntax/span.js";
import { pathAt, toPointer } from "../../syntax/tree.js";
import type { Refusal, SimulateParams } from "../account-questions.js";
import type { FileState } from "../file-state.js";
import { pathOf } from "../file-uri.js";

export type AskedAccount =
  | {
      readonly ok: true;
      readonly account: Account;
      readonly problems: readonly AccountProblem[];
      /** The policy that is asked about alone, and how to ask it about somebody and something. */
      readonly lone: LonePolicy | undefined;
    }
  | Refusal;

export function askedAccount(now: FileState, { uri, account, policy }: SimulateParams): AskedAccount {
  const named = account ?? (uri !== undefined && isAccount(now, uri) ? uri : undefined);
  if (named !== undefined) return accountAt(now, named);
  if (uri === undefined) return refuse("Open a policy or an account, or name one.");
  const found = lonePolicy(now, uri, policy);
  if (!found.ok) return found;
  const around = accountAround(found.lone, callersOf(found.lone)[0]);
  if (around === undefined) {
    return refuse(
      "What a session or endpoint policy lets through hangs on other policies: ask with `iam-policy simulate --request`.",
    );
  }
  return { ok: true, account: around, problems: [], lone: found.lone };
}

export function accountAt(now: FileState, uri: string): AskedAccount {
  const path = pathOf(uri);
  if (path === undefined) return refuse("Save the account first: its policies are found beside it.");
  const { account, problems } = now.files.account(path);
  if (account === undefined) return refuse(problems.map(describeProblem).join("\n"));
  return { ok: true, account, problems: [...now.problems, ...problems], lone: undefined };
}

/** Is the text an account, whatever is wrong with it? */
export function isAccount(now: FileState, uri: string): boolean {
  const text = now.readUri(uri);
  const { root } = parseDocument(text ?? "", "jsonc").tree;
  if (root?.type !== "object" || looksLikePolicy(root)) return false;
  const keys = new Set(root.members.map(({ key }) => key.value));
  return (
    (keys.has("account") && !keys.has("tests")) || keys.has("UserDetailList") || keys.has("RoleDetailList")
  );
}

/** @param index which of the document's policies */
export function lonePolicy(
  now: FileState,
  uri: string,
  index = 0,
): { readonly ok: true; readonly lone: LonePolicy } | Refusal {
  const text = now.readUri(uri);
  if (text === undefined) return refuse("There is no such file, or it cannot be read.");
  const shown = now.shownUri(uri);
  const { tree } = parseDocument(text, languageOf(decodeURIComponent(uri)));
  const document = findPolicies(tree.root)[index];
  if (document === undefined) return refuse(`${shown} holds no policy.`);
  // What is wrong elsewhere in a document of several texts is no matter of this one.
  const [problem] = [tree, ...(tree.embedded ?? [])].flatMap(({ problems }) =>
    problems.filter((it) => tree.isHolder === undefined || contains(document.node, it)),
  );
  if (problem !== undefined) {
    return refuse(
      `AWS would not take ${shown} (${problem.code}): repair it first, for example with Fix All.`,
    );
  }
  const kind = now.opened(uri)?.kinds?.[index] ?? detectKind(document, { path: shown }).kind;
  const name = shown.slice(shown.lastIndexOf("/") + 1).replace(/\.[a-z0-9]+$/i, "");
  const pointer = toPointer(pathAt(tree.root, document.node));
  return { ok: true, lone: { name, file: shown, pointer, kind, document } };
}

export function refuse(message: string): Refusal {
  return { ok: false, message };
}
