/**
 * The form of the packed catalogue, shared by `pack.ts` and `load.ts`; nothing else may know it.
 *
 * The file is one ASCII JSON array with one record a line, so that a record can be cut out by position and parsed
 * alone. The first line is the index; it says where the other records end. Then come two records for each service,
 * in the index's order (details, then long texts), then the ones that belong to no service.
 */
import type { AccessLevel, ConditionKeyType, Retired } from "./catalogue.js";

export interface PackedIndex {
  readonly version: string;
  /** What the file was made from; the packer compares it to see whether there is anything to do. */
  readonly stamp: string;
  /** For each service: prefix, name, action names joined by spaces, and one letter an action for its level. */
  readonly services: readonly (readonly [prefix: string, name: string, actions: string, levels: string])[];
  /** The services that AWS has dropped although they are listed. */
  readonly retired: readonly string[];
  /** Where each record ends, counted from the start of the second line. */
  readonly ends: readonly number[];
}

export interface PackedService {
  /** The service's condition keys, then every other name that the lists below count into. */
  readonly strings: readonly string[];
  /** One letter a condition key: its type, lower case where it is multivalued. */
  readonly keyTypes: string;
  /** Lists of condition keys, each stated once; the first is empty. */
  readonly keySets: readonly (readonly number[])[];
  /** How actions use resource types, each combination stated once. */
  readonly uses: readonly PackedUse[];
  /** In the order of the index. Zeros and empty lists at the end are left out. */
  readonly actions: readonly PackedAction[];
  readonly resourceTypes: readonly (readonly [name: string, arn: string, keySet: number])[];
}

export type PackedUse = readonly [
  resourceType: number,
  required: 0 | 1,
  keySet: number,
  dependentActions: readonly number[],
];
export type PackedAction = readonly [
  uses?: readonly number[],
  keySet?: number,
  dependentActions?: readonly number[],
];

export interface PackedTexts {
  readonly actions: readonly string[];
  readonly conditionKeys: readonly string[];
}

/** The records behind those of the services, in this order. */
export const COMMON_RECORDS = ["keys", "retired", "operations", "lists"] as const;
export type CommonRecord = (typeof COMMON_RECORDS)[number];

export interface PackedKeys {
  readonly global: readonly PackedKey[];
  /** Keys that are found under another prefix than the service's that sends them. */
  readonly other: readonly PackedKey[];
}
export type PackedKey = readonly [key: string, type: string, description: string];

export interface PackedLists {
  readonly partitions: readonly string[];
  readonly regions: Readonly<Record<string, string>>;
  readonly servicePrincipals: readonly string[];
  readonly rcpServices: readonly string[];
  /** Services as ARNs name them → prefixes of the services whose ARNs those are. */
  readonly arnOwners: Readonly<Record<string, readonly string[]>>;
}

export type PackedRetired = readonly Retired[];
/** Lower-case operations with what authorises them. */
export type PackedOperations = readonly (readonly [operation: string, actions: readonly string[]])[];

export const LEVEL_LETTERS: readonly (readonly [string, AccessLevel])[] = [
  ["L", "List"],
  ["R", "Read"],
  ["W", "Write"],
  ["T", "Tagging"],
  ["P", "Permissions management"],
];

export const TYPE_LETTERS: readonly (readonly [string, ConditionKeyType])[] = [
  ["S", "String"],
  ["A", "ARN"],
  ["B", "Bool"],
  ["D", "Date"],
  ["N", "Numeric"],
  ["I", "IPAddress"],
  ["X", "Binary"],
];
