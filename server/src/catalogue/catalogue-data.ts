/**
 * A catalogue as plain, readable data: what the packer gathers from AWS's reference and what a small fake one
 * is written in. It is never read as such at run time: `pack.ts` stores it, `load.ts` answers questions from that.
 */
import type { Action, ConditionKey, ResourceType, Retired } from "./catalogue.js";

export interface CatalogueData {
  /** The release of the reference data. */
  readonly version: string;
  readonly services: readonly ServiceData[];
  readonly globalConditionKeys: readonly ConditionKey[];
  /** Keys whose prefix is no service's, such as `saml:aud` and `accounts.google.com:sub`. */
  readonly providerConditionKeys: readonly ConditionKey[];
  readonly retired: readonly Retired[];
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly partitions: readonly string[];
  /** Codes and what AWS calls the places. */
  readonly regions: Readonly<Record<string, string>>;
  readonly servicePrincipals: readonly string[];
  readonly rcpServices: readonly string[];
}

export interface ServiceData {
  readonly prefix: string;
  readonly name: string;
  readonly actions: readonly ActionData[];
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly ConditionKey[];
}

export type ActionData = Omit<Action, "fullName" | "service">;
