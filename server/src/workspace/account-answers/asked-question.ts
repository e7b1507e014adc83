/**
 * A question with everything filled in that was left open: who asks, about which action, on which resource. Where that
 * cannot be, a refusal says why. The deciding is `account`'s.
 */
import type { Account, AccountDocument } from "../../account/account.js";
import { actionChoices } from "../../account/choices.js";
import { isNameless } from "../../account/concrete-arn.js";
import { accountAround, callersOf, ownRole } from "../../account/lone-policy.js";
import { type AccountPrincipal, findPrincipal, principalsOf } from "../../account/principal.js";
import {
  actionProblem,
  ownResource,
  policySetOf,
  type Question,
  requestOf,
  resourceProblem,
} from "../../account/question.js";
import { findResource, isTrustAction } from "../../account/resource-policy.js";
import { resourcesAtStake } from "../../account/resources-at-stake.js";
import type { Policy } from "../../policy/policy.js";
import type { Desk } from "../account-desk.js";
import type { Refusal, SimulateParams } from "../account-questions.js";
import { type AskedAccount, askedAccount, refuse } from "./asked-account.js";

export interface AskedQuestion {
  readonly ok: true;
  readonly account: Account;
  readonly question: Question;
  /** Who asks, as written. */
  readonly as: string;
  /** Other resources that the policies tell apart, where nobody named one. */
  readonly others: readonly string[];
  readonly asked: AskedAccount & { readonly ok: true };
}

export function askedQuestion(desk: Desk, params: SimulateParams): AskedQuestion | Refusal {
  const { catalogue, now } = desk;
  const asked = askedAccount(now, params);
  if (!asked.ok) return asked;
  const as = params.as ?? callersFor(asked, desk, params)[0];
  if (as === undefined) return refuse(`${asked.account.file} has no users and no roles: name who asks.`);
  const account = around(asked, as, params.resource);
  const found = findPrincipal(account, as);
  if (!found.ok) return refuse(found.message);
  const { principal } = found;
  const action = params.action ?? actionChoices(policiesOf(account, principal), catalogue)[0]?.action;
  if (action === undefined) return refuse("The policies name no action: say which one is asked about.");
  const problem = actionProblem(action, catalogue);
  if (problem !== undefined) return refuse(problem);
  const name = catalogue.action(action)?.fullName ?? action;
  const context = params.context ?? {};
  const choose = (resource: string): Question => ({ principal, action: name, resource, context });
  if (params.resource !== undefined) {
    const resource = ownResource(params.resource, principal);
    const unsound = resourceProblem(resource);
    if (unsound !== undefined) return refuse(unsound);
    return { ok: true, account, as, question: choose(resource), others: [], asked };
  }
  const resources = resourcesFor(asked, account, principal, name, desk);
  const resource = resources[0] ?? "*";
  return {
    ok: true,
    account: around(asked, as, resource),
    as,
    question: choose(resource),
    others: resources.filter((it) => it !== resource),
    asked,
  };
}

/** The account for one question: around a lone policy it is made for who asks about what. */
export function around(
  { account, lone }: AskedAccount & { readonly ok: true },
  as: string,
  resource: string | undefined,
): Account {
  return (lone && accountAround(lone, as, resource)) ?? account;
}

/** Who can ask, those on whom the document hangs first. */
export function callersFor(
  { account, lone }: AskedAccount & { readonly ok: true },
  { now }: Desk,
  { uri }: SimulateParams,
): readonly string[] {
  if (lone !== undefined) return callersOf(lone);
  const all = [
    ...principalsOf(account),
    ...[...account.groups.keys()].map((name) => `group/${name}`),
    ...[...account.policies.values()].map(({ name }) => `policy/${name}`),
  ];
  if (uri === undefined) return all;
  const file = now.shownUri(uri);
  const hangs = all.filter((as) => hangsOn(account, as, file));
  return [...hangs, ...all.filter((it) => !hangs.includes(it))];
}

/** Does a policy of this file hang on somebody, directly, through a group or as a boundary? */
export function hangsOn(account: Account, as: string, file: string): boolean {
  const found = findPrincipal(account, as);
  if (!found.ok) return false;
  const { policies, boundary } = found.principal;
  const own = (it: AccountDocument | undefined) => it?.file === file;
  return policies.some(own) || own(boundary);
}

/** The resources that the policies tell apart for an action; those of which no policy says the name come last. */
export function resourcesFor(
  { lone }: AskedAccount & { readonly ok: true },
  account: Account,
  principal: AccountPrincipal,
  action: string,
  { catalogue }: Desk,
): readonly string[] {
  const role = lone?.kind === "trust" && isTrustAction(action.toLowerCase()) ? ownRole(account) : undefined;
  if (role !== undefined) return [role];
  const found = resourcesAtStake(account, catalogue)(action);
  const own = [...new Set(found.map((it) => ownResource(it, principal)))];
  return [...own.filter((it) => !isNameless(it)), ...own.filter(isNameless)];
}

/** The documents of a principal, and of what it may ask about. */
export function policiesOf(account: Account, { policies, boundary }: AccountPrincipal): readonly Policy[] {
  const own = [...policies, ...(boundary === undefined ? [] : [boundary])];
  const documents = own.length > 0 && account.documents.size > 2 ? own : [...account.documents.values()];
  return documents.flatMap(({ document, file }) => (document === undefined || file === "" ? [] : [document]));
}

/** What AWS and the account put into the request, with what the question says. */
export function contextOfQuestion(account: Account, question: Question) {
  const request = requestOf(account, question);
  return request.ok ? (request.request.context ?? {}) : question.context;
}

/** Every sound document that bears on a question. */
export function documentsOf(account: Account, { principal, action, resource }: Question) {
  const found = findResource(account, resource);
  const gathered = policySetOf(account, principal, found, action.toLowerCase());
  return gathered.ok ? gathered.documents : [];
}
