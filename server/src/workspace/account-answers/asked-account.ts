/**
 * Which account a question is about: the one that is named, the document itself, or one that is made up around a lone
 * policy. Who is asked and what is not decided here.
 */
import type { Account } from "../../account/account.js";
import { accountAround, callersOf, type LonePolicy } from "../../account/lone-policy.js";
import { type AccountProblem, describeProblem } from "../../account/problem.js";
import { isAccount } from "../../account/read-account.js";
import { detectKind } from "../../policy/kind.js";
import { languageOf, parseDocument } from "../../syntax/document.js";
import type { Refusal, SimulateParams } from "../account-questions.js";
import { type DocumentProblem, documentPolicies, pointerOfPolicy } from "../document-policies.js";
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
  const named = account ?? (uri !== undefined && holdsAccount(now, uri) ? uri : undefined);
  if (named !== undefined) return accountAt(now, named);
  if (uri === undefined) return refuse("Open a policy or an account first.");
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

export function holdsAccount(now: FileState, uri: string): boolean {
  return isAccount(parseDocument(now.readUri(uri) ?? "", "jsonc").tree.root);
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
  const all = documentPolicies(text, languageOf(decodeURIComponent(uri)));
  const document = all.policies[index];
  if (document === undefined) return refuse(`${shown} holds no policy.`);
  const problem = all.problemIn(document);
  if (problem !== undefined) return refuse(brokenPolicy(shown, problem));
  const kind = now.opened(uri)?.kinds?.[index] ?? detectKind(document, { path: shown }).kind;
  const name = shown.slice(shown.lastIndexOf("/") + 1).replace(/\.[a-z0-9]+$/i, "");
  const pointer = pointerOfPolicy(all, document);
  return { ok: true, lone: { name, file: shown, pointer, kind, document } };
}

export function brokenPolicy(shown: string, { why, repairable }: DocumentProblem): string {
  return `AWS would not take ${shown} (${why}): repair it first${repairable ? ", for example with Fix All" : ""}.`;
}

export function refuse(message: string): Refusal {
  return { ok: false, message };
}
