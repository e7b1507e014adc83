/**
 * `Principal` and `NotPrincipal` against the caller: not only whether an entry means the caller,
 * but as what, because that decides which other policies still limit a grant.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { parseArn } from "../policy/arn.js";
import { isAnyone, type Principal } from "../policy/principal.js";
import type { Caller } from "./caller.js";

/** As what a policy names the caller. Bits, because a policy can name one caller in several ways. */
export const NOT_NAMED = 0;
/** Everybody: `*`. */
export const AS_ANYONE = 1;
/** The user, session, root user or service itself. */
export const AS_ITSELF = 2;
/** The role behind a session, or the user behind a federated session. */
export const AS_IDENTITY = 4;
/** The account, which may delegate to its own users and roles. */
export const AS_ACCOUNT = 8;

export type Naming = number;

/** What AWS knows a caller by besides ARNs, where the request says so. */
export interface CallerIds {
  /** The value of `aws:userid`: `AIDA…` of a user, `AROA…:SESSION` of a role session. */
  readonly userId: () => string | undefined;
  /** The canonical user id of the caller's account, or of an origin access identity. */
  readonly canonicalUserId: string | undefined;
}

export interface PrincipalEntry {
  readonly anyone: boolean;
  readonly type: "AWS" | "Service" | "Federated" | "CanonicalUser" | "other";
  readonly value: string;
  /** Is it the unique id of a user or role? AWS shows those where the principal was deleted. */
  readonly isUniqueId: boolean;
  /** A role's ARN without its path: a session's ARN does not have it, and role names are unique in an account. */
  readonly withoutPath: string | undefined;
}

export function compilePrincipal(principal: Principal): PrincipalEntry {
  const { value } = principal;
  const type = principal.type?.value;
  return {
    anyone: isAnyone(principal),
    type:
      type === "AWS" || type === "Service" || type === "Federated" || type === "CanonicalUser"
        ? type
        : "other",
    value,
    isUniqueId: UNIQUE_ID.test(value),
    withoutPath: withoutPath(value),
  };
}

/** As what do the entries name the caller? */
export function namingOf(entries: readonly PrincipalEntry[], caller: Caller, ids: CallerIds): Naming {
  let naming = NOT_NAMED;
  for (const entry of entries) naming |= entryNaming(entry, caller, ids);
  return naming;
}

/** See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const UNIQUE_ID = /^A(?:ID|RO)A[A-Z0-9]+$/;

/**
 * Does a `NotPrincipal` leave the caller out of a Deny? Only if it lists the caller itself:
 * an account or a role in the list makes no exception for the users and sessions in it.
 * Nor does any list for a caller with a permissions boundary.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function sparesFromDeny(
  entries: readonly PrincipalEntry[],
  caller: Caller,
  ids: CallerIds,
  hasBoundary: boolean,
): boolean {
  if (hasBoundary) return false;
  const itself = caller.kind === "role" ? AS_IDENTITY : AS_ITSELF;
  return (namingOf(entries, caller, ids) & (itself | AS_ANYONE)) !== 0;
}

function entryNaming(entry: PrincipalEntry, caller: Caller, ids: CallerIds): Naming {
  if (entry.anyone) return AS_ANYONE;
  if (entry.type === "AWS") {
    const naming = caller.names.get(entry.value);
    if (naming !== undefined) return naming;
    if (entry.isUniqueId) return uniqueIdNaming(entry.value, caller, ids.userId());
    return caller.kind === "session" && entry.withoutPath !== undefined
      ? (caller.names.get(entry.withoutPath) ?? NOT_NAMED)
      : NOT_NAMED;
  }
  if (entry.type === "Service") return caller.service === entry.value ? AS_ITSELF : NOT_NAMED;
  if (entry.type === "Federated") return caller.provider === entry.value ? AS_ITSELF : NOT_NAMED;
  if (entry.type !== "CanonicalUser" || ids.canonicalUserId !== entry.value) return NOT_NAMED;
  return caller.kind === "root" || caller.account === undefined ? AS_ITSELF : AS_ACCOUNT;
}

function uniqueIdNaming(id: string, { kind }: Caller, userId: string | undefined): Naming {
  if (kind === "user") return userId === id ? AS_ITSELF : NOT_NAMED;
  const ofRole = kind === "role" || kind === "session";
  return ofRole && userId?.startsWith(`${id}:`) === true ? AS_IDENTITY : NOT_NAMED;
}

function withoutPath(value: string): string | undefined {
  const arn = parseArn(value);
  if (arn?.service !== "iam" || !arn.resource.startsWith("role/")) return undefined;
  const name = arn.resource.slice(arn.resource.lastIndexOf("/") + 1);
  return `arn:${arn.partition}:iam::${arn.account}:role/${name}`;
}
