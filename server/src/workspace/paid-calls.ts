/**
 * Calls that AWS charges for: what they cost, how many were made, and making one without paying twice by accident. Who
 * is asked first, and how, is up to the front doors.
 */
import { TargetError } from "../account/change/target.js";
import { counted } from "../policy/counted.js";
import type { ChangePorts } from "./change-ports.js";

/** Of AWS, in US dollars for each custom policy check: https://aws.amazon.com/iam/access-analyzer/pricing/ */
const PRICE = 0.002;

/** One call; nothing in it tells what was asked. */
export interface PaidCall {
  /** ISO 8601. */
  readonly time: string;
  readonly accountId: string;
  /** As AWS names it, such as `CheckNoNewAccess`. */
  readonly operation: string;
}

/** Where they are recorded: a port. */
export interface PaidCallLog {
  /** As shown to the user. */
  readonly place: string;
  count(accountId: string): Promise<number>;
  /** Rejects with a `TargetError` where nothing can be written. */
  add(call: PaidCall): Promise<void>;
}

export interface PaidCalls {
  /** A sentence on what has been made so far. */
  told(accountId: string, log: PaidCallLog | undefined): Promise<string>;
  /**
   * Makes a call, recorded before it is sent. It is tried again only where AWS says that it was not carried out. A call
   * that cannot be recorded is made all the same, and the next sentence says so.
   */
  make<T>(call: RecordedCall, ask: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export interface RecordedCall extends Omit<PaidCall, "time"> {
  /** Absent where there is no folder to record it in. */
  readonly log: PaidCallLog | undefined;
}

const MOST_ATTEMPTS = 5;
/** In milliseconds. */
const FIRST_WAIT = 500;

export function countPaidCalls({
  now,
  random,
  wait,
}: Pick<ChangePorts, "now" | "random" | "wait">): PaidCalls {
  const session = new Map<string, number>();
  let unrecorded: string | undefined;
  return {
    async told(accountId, log) {
      const own = session.get(accountId) ?? 0;
      const all = log === undefined ? own : Math.max(own, await log.count(accountId));
      const recorded = log === undefined ? "" : `, ${all} in all as recorded in ${log.place}`;
      const lost = unrecorded === undefined ? "" : ` ${unrecorded}`;
      return `Account ${accountId} so far: ${counted(own, "such call")} in this session${recorded}.${lost}`;
    },
    async make({ log, ...call }, ask, signal) {
      session.set(call.accountId, (session.get(call.accountId) ?? 0) + 1);
      try {
        await log?.add({ time: now(), ...call });
        unrecorded = undefined;
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        unrecorded = error.message;
      }
      for (let attempt = 1; ; attempt++) {
        try {
          return await ask();
        } catch (error) {
          // Whoever is turned away for asking too fast was not answered, and pays nothing.
          const passes = error instanceof TargetError && error.kind === "throttled";
          if (!passes || attempt >= MOST_ATTEMPTS) throw error;
          await wait(Math.round((random() + 1) * FIRST_WAIT * 2 ** (attempt - 1)), signal);
          if (signal?.aborted === true)
            throw new TargetError("cancelled", `\`${call.operation}\` was cancelled.`);
        }
      }
    },
  };
}

/** What so many calls cost, as a part of a sentence. */
export function costOf(calls: number): string {
  const each = `${PRICE} US dollars by AWS's price list`;
  if (calls === 1) return `1 call to AWS, which costs ${each}`;
  return `${calls} calls to AWS, each of which costs ${each}: ${Number((calls * PRICE).toFixed(3))} together`;
}
