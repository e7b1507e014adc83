/**
 * What a request is about: whose the resource is and which policy hangs on it, as the account knows.
 * What the policy grants is `evaluate`'s.
 */
import { parseArn } from "../policy/arn.js";
import { TRUST_ACTIONS } from "../policy/words.js";
import type { Account, AccountDocument } from "./account.js";
import type { Context } from "./question.js";
import { ACCOUNT_ID } from "./value-reader.js";

export interface RequestedResource {
  readonly arn: string;
  /** The owner; behind an access point that of the bucket. */
  readonly account: string;
  /** Behind an access point that of the bucket. */
  readonly policy: AccountDocument | undefined;
  /** Does Block Public Access keep strangers from what a public policy grants? */
  readonly restrictsPublic: boolean | undefined;
  readonly accessPoint: RequestedAccessPoint | undefined;
  /** A role's trust policy, which counts for whoever wants to assume the role and for nothing else. */
  readonly trust: AccountDocument | undefined;
}

export interface RequestedAccessPoint {
  /** The owner. */
  readonly account: string;
  readonly policy: AccountDocument | undefined;
  /** The name. */
  readonly bucket: string;
  /** The condition keys that tell of it. */
  readonly context: Context;
}

export function findResource(account: Account, resource: string): RequestedResource {
  const arn = parseArn(resource);
  const known = arn === undefined ? undefined : holderOf(account, resource);
  const inArn = arn !== undefined && ACCOUNT_ID.test(arn.account) ? arn.account : undefined;
  const point = known?.accessPoint;
  const holder = point === undefined ? known : account.resources.get(point.bucket);
  const owner = holder?.account ?? (point === undefined ? inArn : undefined) ?? account.id;
  return {
    arn: resource,
    account: owner,
    policy: documentOf(account, holder?.policy),
    // Whichever of them is set keeps strangers out.
    restrictsPublic:
      known?.restrictsPublic === true ||
      holder?.restrictsPublic === true ||
      (account.restrictsPublic === true && owner === account.id),
    accessPoint:
      point === undefined
        ? undefined
        : {
            account: known?.account ?? inArn ?? account.id,
            policy: documentOf(account, known?.policy),
            bucket: point.bucket.slice(point.bucket.lastIndexOf(":") + 1),
            context: point.network === undefined ? {} : { "s3:AccessPointNetworkOrigin": point.network },
          },
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
