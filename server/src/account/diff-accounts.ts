/**
 * Two accounts made comparable: who is in both or let in from outside, and which policies bear on each of them in either.
 * Finding the differences is `semantic-diff.ts`'s; comparing policies without an account, `diff-policies.ts`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type Caller, readCaller } from "../evaluate/caller.js";
import { type CompiledStatement, compilePolicy } from "../evaluate/compile.js";
import { decide } from "../evaluate/decide.js";
import { contextOfCaller } from "../evaluate/request.js";
import { ALLOW } from "../policy/words.js";
import type { Account, AccountDocument } from "./account.js";
import { callersToldApart } from "./callers-told-apart.js";
import { FULL_ACCESS_NAME, fullAccess } from "./full-access.js";
import { type AccountPrincipal, findPrincipal, type PrincipalResult, principalsOf } from "./principal.js";
import { ownResource, requestsOf } from "./question.js";
import { compareAccess, type Difference, type Side } from "./semantic-diff.js";

/**
 * Everybody in either account, and whom their resources and roles let in from outside, as far as that goes.
 * Who is in one account alone has gained or lost everything.
 */
export function diffAccounts(before: Account, after: Account, catalogue: Catalogue): readonly Difference[] {
  return [...diffEachCaller(before, after, catalogue)].flat();
}

/** The same, one caller after the other, so that whoever asked can stop. */
export function* diffEachCaller(
  before: Account,
  after: Account,
  catalogue: Catalogue,
): Generator<readonly Difference[]> {
  const names = comparedCallers(before, after);
  const resources = [
    ...new Set(
      [before, after].flatMap((it) => [
        ...it.resources.keys(),
        ...[...it.roles.values()].map(({ arn }) => arn),
      ]),
    ),
  ];
  for (const who of names) {
    const old = insideOrOutside(before, who);
    const now = insideOrOutside(after, who);
    const caller = now.ok ? now.principal : old.ok ? old.principal : undefined;
    if (caller === undefined) continue;
    yield compareAccess(
      {
        who,
        home: after,
        before: old.ok ? sideOf(before, old.principal, catalogue) : nobody(sideOf(after, caller, catalogue)),
        after: now.ok ? sideOf(after, now.principal, catalogue) : nobody(sideOf(before, caller, catalogue)),
        resources,
        own: (resource) => ownResource(resource, caller),
        settled: settledFor(caller),
        known: contextOfCaller(caller.caller, caller.context),
      },
      catalogue,
    );
  }
}

/** Everybody whose access is compared. */
export function comparedCallers(before: Account, after: Account): readonly string[] {
  return [...new Set([before, after].flatMap(principalsOf)), ...new Set([before, after].flatMap(outsiders))];
}

/** Callers who are not of the account, and whom one of its policies speaks about. */
function outsiders({ id, documents, resources, roles }: Account): readonly string[] {
  const ids = [
    ...[...resources.values()].map((it) => it.policy),
    ...[...roles.values()].map((it) => it.trust),
  ];
  const policies = ids.flatMap((it) => (it === undefined ? [] : (documents.get(it)?.document ?? [])));
  return callersToldApart(policies).filter((who) => {
    const caller = readCaller(who);
    return typeof caller === "object" && caller.account !== id;
  });
}

/** What the policies of other accounts allow is not known: somebody from there may do all that this account lets. */
function insideOrOutside(account: Account, who: string): PrincipalResult {
  const found = findPrincipal(account, who);
  const caller = readCaller(who);
  if (found.ok || typeof caller === "string") return found;
  const everything: AccountDocument = {
    id: FULL_ACCESS_NAME,
    name: FULL_ACCESS_NAME,
    file: account.file,
    pointer: "",
    document: fullAccess(),
  };
  const principal = { name: who, caller, policies: [everything], boundary: undefined, context: {} };
  return { ok: true, principal };
}

function settledFor({ context }: AccountPrincipal): (foldedKey: string) => boolean {
  const known = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  return (key) => FOLLOWS_FROM_CALLER.test(key) || known.has(key);
}

/** Condition keys, in lower case, whose values AWS takes from the caller and from the resource. */
export const FOLLOWS_FROM_CALLER =
  /^(?:aws:(?:principal(?!tag\/|orgid|orgpaths|isawsservice).*|username|userid|resourceaccount)|s3:resourceaccount|kms:calleraccount)$/;

const IDENTITY = "identity";

function sideOf(account: Account, principal: AccountPrincipal, catalogue: Catalogue): Side {
  const { organization, documents, resources, roles } = account;
  const compiled = (list: readonly (AccountDocument | undefined)[]) =>
    list.flatMap((it) => (it?.document === undefined ? [] : compilePolicy(it.document).statements));
  const byId = (ids: readonly string[]) => compiled(ids.map((id) => documents.get(id)));
  const limits = new Map<string, readonly CompiledStatement[]>();
  if (principal.boundary !== undefined) limits.set("boundary", compiled([principal.boundary]));
  const { caller } = principal;
  const request = requestsOf(account, principal);
  const isInside = caller.account === account.id;
  for (const [index, { policies }] of (isInside ? organization?.scps.entries() : undefined) ?? [])
    limits.set(`scp ${index}`, byId(policies));
  for (const [index, { policies }] of organization?.rcps.entries() ?? [])
    limits.set(`rcp ${index}`, byId(policies));
  const grants = new Map([[IDENTITY, compiled(principal.policies)]]);
  for (const { arn, policy } of resources.values())
    grants.set(arn, byId(policy === undefined ? [] : [policy]));
  for (const { arn, trust } of roles.values()) grants.set(arn, byId(trust === undefined ? [] : [trust]));
  return {
    grants,
    limits,
    allowing: allowingTo(caller, account, grants),
    circumstances: JSON.stringify([
      principal.caller.principalArn,
      principal.context,
      account.region,
      organization?.managementAccount,
      account.restrictsPublic,
      [...resources.values()].map(({ arn, account: owner, restrictsPublic, accessPoint }) => [
        arn,
        owner,
        restrictsPublic,
        accessPoint,
      ]),
    ]),
    decide(action, resource, context) {
      const asked = request(action, resource, context);
      return asked.ok ? decide(asked.request, catalogue) : undefined;
    },
  };
}

/** What some statement has to allow: all but what the root user and the owner of a resource may do. */
function allowingTo(
  { kind, account: id }: Caller,
  { id: own, resources }: Account,
  grants: ReadonlyMap<string, readonly CompiledStatement[]>,
): readonly CompiledStatement[] | undefined {
  const isInside = id === own;
  const owns = !isInside && [...resources.values()].some(({ account }) => account === id && id !== undefined);
  if (kind === "root" || owns) return undefined;
  // Strangers are taken to be allowed everything by their own account: the resource's policy is what counts.
  const places = [...grants].filter(([place]) => isInside || place !== IDENTITY);
  return places.flatMap(([, statements]) => statements.filter(({ effect }) => effect === ALLOW));
}

/** Somebody who is not there is allowed nothing. */
function nobody({ circumstances }: Side): Side {
  return { grants: new Map(), limits: new Map(), allowing: [], circumstances, decide: () => "implicitDeny" };
}
