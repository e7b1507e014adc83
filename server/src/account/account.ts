/**
 * An account as a whole: who is in it, which policies hang on what. A desired account (`desired-account.ts`) and an
 * observed one (`snapshot.ts`) become the same shape. What anybody in it may do is asked in `question.ts`.
 */
import type { Policy } from "../policy/policy.js";
import type { Span } from "../syntax/span.js";
import type { AccountProblem } from "./problem.js";

export interface Account {
  /** The file that it was read from, as shown to the user. */
  readonly file: string;
  /** The twelve digits. */
  readonly id: string;
  readonly partition: string;
  /** The Region that requests go to unless they say otherwise. */
  readonly region: string | undefined;
  /** Values of placeholders, for whoever writes about this account. */
  readonly variables: ReadonlyMap<string, string>;
  /** By name. */
  readonly users: ReadonlyMap<string, User>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly roles: ReadonlyMap<string, Role>;
  /** By name; `undefined`: nothing is said about them. */
  readonly instanceProfiles?: ReadonlyMap<string, InstanceProfile> | undefined;
  /** Managed policies by ARN; those of AWS only where something refers to them. */
  readonly policies: ReadonlyMap<string, ManagedPolicy>;
  /** What has a policy of its own or belongs to another account, by ARN; buckets and access points too, roles not. */
  readonly resources: ReadonlyMap<string, AccountResource>;
  readonly organization: Organization | undefined;
  /** Does Block Public Access of the whole account keep strangers from what public policies of its buckets grant? */
  readonly restrictsPublic?: boolean | undefined;
  /** Every policy document of the account, by id. The rest of the account names documents by these ids. */
  readonly documents: ReadonlyMap<string, AccountDocument>;
}

interface Identity {
  readonly name: string;
  readonly arn: string;
  /** The unique id that AWS gives, such as `AIDA…`, where it is known. */
  readonly uniqueId: string | undefined;
  /** Ids of the documents, managed ones first. */
  readonly policies: readonly string[];
  /** Where a desired account gives what, by the ids of documents and, such as `group/engineer`, of groups. */
  readonly givenAt?: ReadonlyMap<string, Span>;
}

export interface User extends Identity {
  /** Names; all of them exist. */
  readonly groups: readonly string[];
  readonly boundary: string | undefined;
  /** `undefined`: nothing is said about them. */
  readonly tags: Tags | undefined;
}

export type Tags = Readonly<Record<string, string>>;

export type Group = Identity;

export interface Role extends Identity {
  readonly trust: string | undefined;
  readonly boundary: string | undefined;
  readonly tags: Tags | undefined;
  readonly description?: string | undefined;
  /** Seconds. */
  readonly maxSessionDuration?: number | undefined;
}

export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  /** The name of the role in it. */
  readonly role: string | undefined;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly document: string;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
}

export interface AccountResource {
  readonly arn: string;
  /** The owner, where it is another account. */
  readonly account: string | undefined;
  /** The id of its policy. */
  readonly policy: string | undefined;
  /** Does S3's Block Public Access keep strangers from what a public policy of the bucket or access point grants? */
  readonly restrictsPublic?: boolean | undefined;
  /** What an access point leads to. */
  readonly accessPoint?: AccessPointOf | undefined;
}

export interface AccessPointOf {
  /** The ARN. */
  readonly bucket: string;
  /** Where it takes requests from, where that is known. */
  readonly network: "VPC" | "Internet" | undefined;
}

export interface Organization {
  readonly managementAccount: string | undefined;
  readonly scps: readonly OrganizationLevel[];
  readonly rcps: readonly OrganizationLevel[];
}

/** The root first. */
export interface OrganizationLevel {
  readonly id: string;
  readonly policies: readonly string[];
}

export interface AccountDocument {
  /** Such as `policy/engineer_access`, `user/ana/own`, `role/app/trust`, `bucket/logs`. */
  readonly id: string;
  /** What reasons call it. */
  readonly name: string;
  /** Where it is written, as shown to the user, with the JSON pointer of the document in that file. */
  readonly file: string;
  readonly pointer: string;
  /** `undefined` for one that AWS would not take, or that is not there. */
  readonly document: Policy | undefined;
  /** The problem in the way of a document that is `undefined`. */
  readonly why?: AccountProblem;
}

/**
 * The id of an inline policy's document. IAM's names have no slashes, and two of them would mean something else.
 * @param owner such as `user/ana`
 */
export function inlineId(owner: string, policy: string): string {
  return `${owner}/${policy === "trust" || policy === "boundary" ? `inline/${policy}` : policy}`;
}

/** The account with another text in the place of one document, such as what an editor holds and has not saved. */
export function withDocument(account: Account, id: string, document: Policy | undefined): Account {
  const known = account.documents.get(id);
  if (known === undefined) return account;
  return { ...account, documents: new Map(account.documents).set(id, { ...known, document }) };
}
