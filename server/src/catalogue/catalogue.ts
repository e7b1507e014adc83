/**
 * What AWS offers to grant: services, actions, resource types, condition keys.
 * Types only say what the data is; `pack.ts` says how it is stored and `load.ts` reads it.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import type { KeyType } from "../policy/condition-types.js";

export type AccessLevel = "List" | "Read" | "Write" | "Tagging" | "Permissions management";

export interface Catalogue {
  /** The release of the reference data. */
  readonly version: string;
  /** Lower-case service prefixes, sorted. */
  readonly services: readonly string[];
  /** By prefix, whatever its case. */
  service(prefix: string): Service | undefined;
  /** By full name such as `s3:GetObject`, whatever its case; no wildcards. */
  action(name: string): Action | undefined;
  /** The actions that an entry of `Action` matches; wildcards in service and name. Remembered. */
  expand(pattern: string): readonly Action[];
  /** All actions of that name in whatever service, in AWS's spelling; the case of the name does not count. */
  actionsNamed(name: string): readonly string[];
  /** The names of actions with a word that begins with the letters, which are in lower case; by service. */
  actionsWith(letters: string): Iterable<readonly [prefix: string, names: readonly string[]]>;
  /** What is to be said about an entry of `Action`, wildcards and all, whatever its case. */
  standing(pattern: string): Standing;
  /** A global or service condition key, whatever its case; `aws:RequestTag/team` finds `aws:RequestTag/${TagKey}`. */
  conditionKey(key: string): ConditionKey | undefined;
  readonly globalConditionKeys: readonly ConditionKey[];
  /** A name that AWS once listed and has dropped: a service prefix or a full action name, whatever its case. */
  retired(name: string): Retired | undefined;
  /** The retired actions that an entry of `Action` matches; wildcards in service and name. */
  retiredLike(pattern: string): readonly Retired[];
  /** What an API operation that is no action is authorised by: `s3:HeadBucket` → `["s3:ListBucket"]`. */
  authorisedBy(operation: string): readonly string[] | undefined;
  /** The services with resource types whose ARNs name this service, itself first; empty where it stands in no ARN. */
  arnOwners(service: string): readonly string[];
  readonly partitions: readonly string[];
  /** Region codes of all partitions. */
  readonly regions: readonly string[];
  /** What AWS calls the place: `eu-west-1` → `Europe (Ireland)`. */
  regionName(region: string): string | undefined;
  /** Such as `lambda.amazonaws.com`, sorted. */
  readonly servicePrincipals: readonly string[];
  /** Prefixes of the services that resource control policies govern. */
  readonly rcpServices: readonly string[];
}

/**
 * `retired`: AWS has dropped what it matches, or no longer honours most of it. `operation`: it is the name of an API operation
 * that goes by other actions' permission.
 */
export type Standing = "known" | "unknown-service" | "retired-service" | "unknown" | "retired" | "operation";

export interface Service {
  readonly prefix: string;
  readonly name: string;
  /** Has AWS dropped it, or does it no longer honour most of its actions? */
  readonly retired: boolean;
  /** By lower-case name, in the order of the reference. */
  readonly actions: ReadonlyMap<string, Action>;
  /** By lower-case name. */
  readonly resourceTypes: ReadonlyMap<string, ResourceType>;
  /** By lower-case key as published, templates such as `s3:existingobjecttag/<key>` included. */
  readonly conditionKeys: ReadonlyMap<string, ConditionKey>;
}

export interface Action {
  /** Such as `s3:GetObject`, in AWS's spelling. */
  readonly fullName: string;
  readonly service: string;
  readonly name: string;
  readonly accessLevel: AccessLevel;
  readonly description: string;
  /** Empty for an action that takes no resource: its `Resource` must be `*`. */
  readonly resourceTypes: readonly ActionResource[];
  /** Keys that the action sends whatever its resource, in AWS's spelling. */
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

export interface ActionResource {
  readonly name: string;
  readonly required: boolean;
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

export interface ResourceType {
  readonly name: string;
  /** Such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export type ConditionKeyType = KeyType;

export interface ConditionKey {
  /** In AWS's spelling; a template ends like `/${TagKey}`. */
  readonly key: string;
  readonly type: ConditionKeyType;
  /** Does a request carry a set of values (AWS's ArrayOf… types)? Then a set operator is needed. */
  readonly multivalued: boolean;
  readonly description: string;
}

export interface Retired {
  /** As AWS last listed it. */
  readonly name: string;
  /** The day of the first release of the reference without it, `YYYY-MM-DD`; `YYYY-MM` where AWS named a month. */
  readonly since: string;
  /** Actions or service prefixes to use now; empty where there are none. */
  readonly successors: readonly string[];
  /** AWS's page about it. */
  readonly reference?: string;
  /** Does the reference still list it, although AWS no longer honours it? Then `action` finds it as well. */
  readonly listed: boolean;
}
