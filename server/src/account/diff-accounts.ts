/**
 * Two accounts, or two policies, made comparable: who is in both, and which policies bear on each of them in either.
 * Finding the differences is `semantic-diff.ts`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { readCaller } from "../evaluate/caller.js";
import { type CompiledStatement, compilePolicy } from "../evaluate/compile.js";
import { decide } from "../evaluate/decide.js";
import type { NamedPolicy } from "../evaluate/request.js";
import type { Policy } from "../policy/policy.js";
import type { Account, AccountDocument } from "./account.js";
import type { ArnHome } from "./concrete-arn.js";
import { fullAccess } from "./full-access.js";
import { type AccountPrincipal, findPrincipal, principalsOf } from "./principal.js";
import { ownResource, requestOf, withOwnName } from "./question.js";
import { compareAccess, type Difference, type Side } from "./semantic-diff.js";

/** Everybody in either account; who is in one alone has gained or lost everything. */
export function diffAccounts(before: Account, after: Account, catalogue: Catalogue): readonly Difference[] {
  const names = [...new Set([...principalsOf(before), ...principalsOf(after)])];
  const resources = [
    ...new Set(
      [before, after].flatMap((it) => [
        ...it.resources.keys(),
        ...[...it.roles.values()].map(({ arn }) => arn),
      ]),
    ),
  ];
  return names.flatMap((who) => {
    const old = findPrincipal(before, who);
    const now = findPrincipal(after, who);
    const caller = now.ok ? now.principal : old.ok ? old.principal : undefined;
    if (caller === undefined) return [];
    return compareAccess(
      {
        who,
        home: after,
        before: old.ok ? sideOf(before, old.principal, catalogue) : nobody(sideOf(after, caller, catalogue)),
        after: now.ok ? sideOf(after, now.principal, catalogue) : nobody(sideOf(before, caller, catalogue)),
        resources,
        own: (resource) => ownResource(resource, caller),
        settled: (key) => FOLLOWS_FROM_CALLER.test(key) || caller.context[key] !== undefined,
      },
      catalogue,
    );
  });
}

/** Condition keys, in lower case, whose values AWS takes from the caller and from the resource. */
export const FOLLOWS_FROM_CALLER =
  /^(?:aws:(?:principal(?!tag\/|orgid|orgpaths|isawsservice).*|username|userid|resourceaccount)|s3:resourceaccount|kms:calleraccount)$/;

function sideOf(account: Account, principal: AccountPrincipal, catalogue: Catalogue): Side {
  const { organization, documents, resources, roles } = account;
  const compiled = (list: readonly (AccountDocument | undefined)[]) =>
    list.flatMap((it) => (it?.document === undefined ? [] : compilePolicy(it.document).statements));
  const byId = (ids: readonly string[]) => compiled(ids.map((id) => documents.get(id)));
  const limits = new Map<string, readonly CompiledStatement[]>();
  if (principal.boundary !== undefined) limits.set("boundary", compiled([principal.boundary]));
  for (const [index, { policies }] of organization?.scps.entries() ?? [])
    limits.set(`scp ${index}`, byId(policies));
  for (const [index, { policies }] of organization?.rcps.entries() ?? [])
    limits.set(`rcp ${index}`, byId(policies));
  const grants = new Map([["identity", compiled(principal.policies)]]);
  for (const { arn, policy } of resources.values())
    grants.set(arn, byId(policy === undefined ? [] : [policy]));
  for (const { arn, trust } of roles.values()) grants.set(arn, byId(trust === undefined ? [] : [trust]));
  return {
    grants,
    limits,
    circumstances: JSON.stringify([
      principal.caller.principalArn,
      principal.context,
      account.region,
      organization?.managementAccount,
      [...resources.values()].map(({ arn, account: owner }) => [arn, owner]),
    ]),
    decide(action, resource, context) {
      const asked = requestOf(account, { principal, action, resource, context });
      return asked.ok ? decide(asked.request, catalogue) : undefined;
    },
  };
}

/** Somebody who is not there is allowed nothing. */
function nobody({ circumstances }: Side): Side {
  return { grants: new Map(), limits: new Map(), circumstances, decide: () => "implicitDeny" };
}

const HOME: ArnHome & { readonly id: string } = { partition: "aws", region: undefined, id: "111122223333" };
/** Another account than any caller's, so that the resource's policy has to allow. */
const OWNER = "000000000000";

/**
 * Two versions of one policy: for anyone whom it hangs on; for a policy of a resource, for everyone whom either names,
 * as far as that policy goes.
 */
export function diffPolicies(before: Policy, after: Policy, catalogue: Catalogue): readonly Difference[] {
  const callers = new Set([before, after].flatMap(namedIn));
  if (callers.size === 0) {
    const someone = `arn:aws:iam::${HOME.id}:user/anyone`;
    return compareAs("anyone with this policy", someone, before, after, catalogue, false);
  }
  return [...callers].flatMap((who) => compareAs(who, who, before, after, catalogue, true));
}

function namedIn({ statements }: Policy): readonly string[] {
  return statements
    .flatMap(({ principals, notPrincipals, element }) => [
      ...[...principals, ...notPrincipals].map(({ value, type }) =>
        value === "*" ? "anonymous" : type?.value === "CanonicalUser" ? "" : value,
      ),
      ...(element("NotPrincipal") === undefined ? [] : ["anonymous"]),
    ])
    .filter((it) => it !== "");
}

function compareAs(
  who: string,
  principal: string,
  before: Policy,
  after: Policy,
  catalogue: Catalogue,
  onResource: boolean,
): readonly Difference[] {
  const caller = readCaller(principal);
  if (typeof caller === "string") return [];
  const side = (document: Policy): Side => {
    const policy: NamedPolicy = { name: "policy", document };
    const everything = fullAccess();
    const identity = everything === undefined ? [] : [{ name: "everything", document: everything }];
    const policies = onResource ? { identity, resource: policy } : { identity: [policy] };
    return {
      grants: new Map([["policy", compilePolicy(document).statements]]),
      limits: new Map(),
      circumstances: document.version?.value ?? "",
      decide: (action, resource, context) =>
        decide(
          { caller, action, resource, context, policies, resourceAccount: onResource ? OWNER : HOME.id },
          catalogue,
        ),
    };
  };
  return compareAccess(
    {
      who,
      home: HOME,
      before: side(before),
      after: side(after),
      resources: [],
      own: (resource) => withOwnName(resource, caller),
      settled: (key) => FOLLOWS_FROM_CALLER.test(key),
    },
    catalogue,
  );
}
