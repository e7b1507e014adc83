/** What the account check looks at, as plain data, and the port that it is asked of. */
import type { Snapshot } from "../change/snapshot-shape.js";
import type { CallOptions } from "../change/target.js";

export interface AccountFactSource {
  /** What may not be read is marked as unknown; rejects with a `TargetError` where nothing can be asked at all. */
  read(options?: CallOptions & { readonly progress?: (what: string) => void }): Promise<AccountFacts>;
}

export interface AccountFacts {
  /** The twelve digits. */
  readonly account: string;
  /** Counts by AWS's names, such as `AccountMFAEnabled`. */
  readonly summary: Fact<Readonly<Record<string, number>>>;
  /** `undefined` inside: none is set. */
  readonly passwordPolicy: Fact<PasswordPolicy | undefined>;
  readonly credentials: Fact<readonly CredentialRow[]>;
  readonly snapshot: Fact<Snapshot>;
}

export type Fact<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: string };

export interface PasswordPolicy {
  readonly minimumLength: number;
  /** How many former passwords may not come back. */
  readonly remembered: number | undefined;
  readonly upperCase: boolean;
  readonly lowerCase: boolean;
  readonly numbers: boolean;
  readonly symbols: boolean;
}

/** A line of the credential report. Times are ISO 8601. */
export interface CredentialRow {
  /** `<root_account>` is the root user. */
  readonly user: string;
  readonly hasPassword: boolean;
  readonly passwordUsed: string | undefined;
  readonly hasMfa: boolean;
  readonly keys: readonly AccessKeyRow[];
}

export interface AccessKeyRow {
  readonly active: boolean;
  readonly rotated: string | undefined;
  readonly used: string | undefined;
}

export const ROOT_USER = "<root_account>";
