/** `iamPolicy/simulateChoices`: what there is to choose from for a question, as far as it is put already. */
import { ACCESS_TEST_FILE } from "../../account/access-test.js";
import { actionChoices, contextChoices } from "../../account/choices.js";
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { FOLLOWS_FROM_CALLER } from "../../account/diff-accounts.js";
import { findPrincipal } from "../../account/principal.js";
import { describeProblem } from "../../account/problem.js";
import { requestOf } from "../../account/question.js";
import { ANONYMOUS } from "../../evaluate/caller.js";
import { contextOfCaller } from "../../evaluate/request.js";
import type { Desk } from "../account-desk.js";
import type {
  AccountChoice,
  PrincipalChoice,
  SimulateChoices,
  SimulateParams,
} from "../account-questions.js";
import { pathOf } from "../file-uri.js";
import { askedAccount, holdsAccount } from "./asked-account.js";
import {
  askedQuestion,
  callersFor,
  documentsOf,
  hangsOn,
  policiesOf,
  resourcesFor,
} from "./asked-question.js";

export function simulateChoices(desk: Desk, params: SimulateParams): SimulateChoices {
  const accounts = accountsFor(desk, params.uri);
  const principals = principalChoices(desk, params);
  const asked = askedQuestion(desk, params);
  if (!asked.ok) {
    // What is wrong in the account says more than what that leads to.
    const inAccount = askedAccount(desk.now, params);
    const why = inAccount.ok ? inAccount.problems.map(describeProblem) : [];
    return {
      accounts,
      principals,
      actions: [],
      resources: [],
      context: [],
      problems: [...why, asked.message],
    };
  }
  const { question } = asked;
  const { account } = asked;
  const { principal, action } = question;
  const { catalogue } = desk;
  const request = requestOf(account, question);
  const given = request.ok ? (request.request.context ?? {}) : {};
  const known = new Map(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));
  const choices = contextChoices(
    documentsOf(account, question),
    action,
    catalogue,
    (folded) => FOLLOWS_FROM_CALLER.test(folded) || hasKey(principal.context, folded),
    contextOfCaller(principal.caller, principal.context),
  );
  return {
    accounts,
    principals,
    actions: actionChoices(policiesOf(account, principal), catalogue),
    resources: resourcesFor(asked.asked, account, principal, action, desk),
    context: choices.map(({ key, values, suggested, policies }) => {
      const own = known.get(key.toLowerCase());
      const first = own === undefined ? suggested : String([own].flat()[0] ?? "");
      return {
        key,
        values: [...new Set([...(first === undefined ? [] : [first]), ...values])],
        policies,
        ...(first !== undefined && { suggested: first }),
      };
    }),
    problems: asked.asked.problems.map(describeProblem),
  };
}

function principalChoices(desk: Desk, params: SimulateParams): readonly PrincipalChoice[] {
  const asked = askedAccount(desk.now, params);
  if (!asked.ok) return [];
  const { account, lone } = asked;
  const file = params.uri === undefined ? undefined : desk.now.shownUri(params.uri);
  const callers = callersFor(asked, desk, params).map((as): PrincipalChoice => {
    const found = findPrincipal(account, as);
    const policies = found.ok ? found.principal.policies.map(({ name }) => name) : [];
    const detail = lone === undefined ? detailOf(as, policies) : loneDetail(as);
    return { as, detail, suggested: file !== undefined && lone === undefined && hangsOn(account, as, file) };
  });
  if (lone !== undefined) return callers;
  return [
    ...callers,
    { as: "root", detail: "The account's root user", suggested: false },
    { as: ANONYMOUS, detail: "Somebody who is not signed in", suggested: false },
  ];
}

function detailOf(as: string, policies: readonly string[]): string {
  if (as.startsWith("policy/")) return "Anyone who has this policy and nothing else";
  const who = as.startsWith("group/") ? "Anyone in the group: " : "";
  return who + (policies.length === 0 ? "no policies" : policies.join(", "));
}

function loneDetail(as: string): string {
  if (as.startsWith("policy/")) return "Anyone who has this policy and nothing else";
  return as === ANONYMOUS
    ? "Somebody who is not signed in"
    : "May do everything that this policy lets through";
}

/** The accounts of the workspace, those that the document belongs to first. */
function accountsFor({ now, files }: Desk, uri: string | undefined): readonly AccountChoice[] {
  const paths = files();
  const byTests = paths
    .filter((path) => ACCESS_TEST_FILE.test(path))
    .flatMap((path) => now.files.accountPathOf(path) ?? []);
  const named = paths.filter((path) => /[\\/]/.test(path) && path.endsWith(ACCOUNT_FILE));
  const active = uri !== undefined && holdsAccount(now, uri) ? [pathOf(uri)] : [];
  const own = uri === undefined ? undefined : now.shownUri(uri);
  const choices = [...new Set([...active, ...named, ...byTests])].flatMap(
    (path): readonly AccountChoice[] => {
      const account = path === undefined ? undefined : now.files.account(path).account;
      if (path === undefined || account === undefined) return [];
      const documents = [...account.documents.values()];
      const mentions = account.file === own || documents.some(({ file }) => file === own);
      return [{ uri: now.uriOf(path), name: account.file, mentions }];
    },
  );
  return choices.sort((a, b) => Number(b.mentions) - Number(a.mentions));
}

function hasKey(context: Readonly<Record<string, unknown>>, folded: string): boolean {
  return Object.keys(context).some((key) => key.toLowerCase() === folded);
}
