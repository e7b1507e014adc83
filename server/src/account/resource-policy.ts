/**
 * What a request is about: whose the resource is and which policy hangs on it, as the account knows.
 * What the policy grants is `evaluate`'s.
 */
import { parseArn } from "../policy/arn.js";
import { TRUST_ACTIONS } from "../policy/words.js";
import type { Account, AccountDocument } from "./account.js";
import { ACCOUNT_ID } from "./value-reader.js";

export interface RequestedResource {
  readonly arn: string;
  /** The owner. */
  readonly account: string;
  readonly policy: AccountDocument | undefined;
  /** Does Block Public Access keep strangers from what a public policy grants? */
  readonly restrictsPublic: boolean | undefined;
  /** A role's trust policy, which counts for whoever wants to assume the role and for nothing else. */
  readonly trust: AccountDocument | undefined;
}

export function findResource(account: Account, resource: string): RequestedResource {
  const arn = parseArn(resource);
  const known = arn === undefined ? undefined : holderOf(account, resource);
  const inArn = arn !== undefined && ACCOUNT_ID.test(arn.account) ? arn.account : undefined;
  return {
    arn: resource,
    account: known?.account ?? inArn ?? account.id,
    policy: documentOf(account, known?.policy),
    restrictsPublic: known?.restrictsPublic,
    trust: documentOf(account, roleOf(account, resource)?.trust),
  };
}

export function isTrustAction(foldedAction: string): boolean {
  return FOLDED_TRUST_ACTIONS.has(foldedAction);
}

const FOLDED_TRUST_ACTIONS: ReadonlySet<string> = new Set(TRUST_ACTIONS.map((it) => it.toLowerCase()));

/** The resource itself, or the one that it is part of: a bucket's objects, a log group's streams. */
function holderOf({ resources }: Account, resource: string) {
  const exact = resources.get(resource);
  if (exact !== undefined) return exact;
  for (let end = resource.length - 1; end > 0; end--) {
    if (resource[end] !== "/" && resource[end] !== ":") continue;
    const holder = resources.get(resource.slice(0, end));
    if (holder !== undefined) return holder;
  }
  return undefined;
}

function roleOf({ roles }: Account, resource: string) {
  if (!/:role\//.test(resource)) return undefined;
  const role = roles.get(resource.slice(resource.lastIndexOf("/") + 1));
  return role?.arn === resource ? role : undefined;
}

function documentOf({ documents }: Account, id: string | undefined): AccountDocument | undefined {
  return id === undefined ? undefined : documents.get(id);
}
