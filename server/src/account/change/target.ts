/**
 * Where a plan is carried out: the port that AWS (`aws/`) and a snapshot file stand behind. The contract suite in
 * `test/aws` holds both to what is promised here.
 */
import type { ApiCall } from "./api-call.js";
import type { Snapshot } from "./snapshot-shape.js";

export interface AccountTarget {
  /** As shown to the user, such as `snapshot account.json` or `AWS profile dev (111122223333)`. */
  readonly name: string;
  /** The same however the account was reached, and another for every other: journals and locks know it by this. */
  identity(options?: CallOptions): Promise<string>;
  /**
   * The twelve digits. Rejects with a {@link TargetError}, as everything here.
   * @param options `anew`: asked even where it is known, to see whether the credentials are still good
   */
  accountId(options?: CallOptions & { readonly anew?: boolean }): Promise<string>;
  /** ARN of whoever the calls are made as, where the target knows one: a plan asks whether it locks them out. */
  caller(options?: CallOptions): Promise<string | undefined>;
  /** The account as it is now, read afresh. */
  read(
    options?: CallOptions & { readonly progress?: (done: number, what: string) => void },
  ): Promise<Snapshot>;
  /**
   * Makes one call, once: no retry is hidden in here, the applier decides. A call that arrives twice does no harm where
   * AWS does none (attach, put), and rejects as `exists` or `absent` where AWS would.
   */
  perform(call: ApiCall, options?: CallOptions): Promise<void>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * What to do about a failure:
 * - `throttled`, `unavailable`: the call was not carried out, and may be tried again
 * - `unknown`: the answer was lost, and the call may have been carried out: look before trying again
 * - `absent`, `exists`, `conflict`: the account is not as the call supposes (also: not yet visible)
 * - `limit`: a quota of AWS
 * - `denied`, `credentials`, `invalid`: trying again does not help
 * - `cancelled`: the user's wish
 */
export type TargetErrorKind =
  | "throttled"
  | "unavailable"
  | "unknown"
  | "absent"
  | "exists"
  | "conflict"
  | "limit"
  | "denied"
  | "credentials"
  | "invalid"
  | "cancelled";

export class TargetError extends Error {
  /**
   * @param message for the user: what, where and what to do; never a secret or a policy's text
   * @param code the name of AWS's error, such as `LimitExceeded`, where there is one
   */
  constructor(
    readonly kind: TargetErrorKind,
    message: string,
    readonly code?: string,
  ) {
    super(message);
    this.name = "TargetError";
  }

  /** Targets are loaded from bundles of their own, and each bundle has its own copy of this class. */
  static override [Symbol.hasInstance](it: unknown): boolean {
    return it instanceof Error && it.name === "TargetError";
  }
}
