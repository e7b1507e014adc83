/** The account behind the stand-in, in memory: what is there now, and what a stale read still sees. */
import type { ApiCall } from "../../../server/src/account/change/api-call.js";
import { performOn } from "../../../server/src/account/change/perform-on.js";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { TargetError, type TargetErrorKind } from "../../../server/src/account/change/target.js";
import type { Failure } from "./wire.js";

export const ACCOUNT_ID = "111122223333";
export const EMPTY: Snapshot = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  BucketPolicies: {},
};

const STATUS: Readonly<Partial<Record<TargetErrorKind, number>>> = {
  absent: 404,
  exists: 409,
  conflict: 409,
  limit: 409,
  invalid: 400,
};

export class StandInState {
  readonly accountId = ACCOUNT_ID;
  caller = `arn:aws:iam::${ACCOUNT_ID}:user/deployer`;
  /** Buckets that live elsewhere than where they are asked for. */
  readonly bucketRegions = new Map<string, string>();
  /** What the simulator says, by `ACTION RESOURCE` in lower case; nobody may do anything else. */
  readonly simulated = new Map<string, "allowed" | "explicitDeny">();
  /** The statements that it names, by the same; the first of the first policy unless said. */
  readonly named = new Map<string, object>();
  /** By AWS's names. */
  summary: Readonly<Record<string, number>> = { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, Users: 0 };
  /** By AWS's names; `undefined`: none is set. */
  passwordPolicy: Readonly<Record<string, unknown>> | undefined;
  credentialReport = "user,arn,password_enabled\n";
  /** What the answer that is being made sees. */
  seen: Snapshot;
  #now: Snapshot;
  #before: Snapshot;

  constructor(start: Snapshot = EMPTY) {
    this.#now = start;
    this.#before = start;
    this.seen = start;
  }

  get now(): Snapshot {
    return this.#now;
  }

  set now(snapshot: Snapshot) {
    this.#before = this.#now;
    this.#now = snapshot;
  }

  /** Chooses what the next answer sees. */
  look(stale: boolean): void {
    this.seen = stale ? this.#before : this.#now;
  }

  /** @returns why not, if so */
  perform(call: ApiCall): Failure | undefined {
    try {
      this.now = performOn(this.#now, call, { accountId: this.accountId, partition: "aws" });
      return undefined;
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      return {
        status: STATUS[error.kind] ?? 400,
        code: error.code ?? "InvalidInput",
        message: error.message,
      };
    }
  }
}
