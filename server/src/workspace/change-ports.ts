/** What changing an account needs of the world: where accounts are, where records lie, time and chance. Types only. */
import type { ApplyPorts } from "../account/change/apply-plan.js";
import type { JournalStore } from "../account/change/journal.js";
import type { AccountTarget } from "../account/change/target.js";
import type { PaidCallLog } from "./paid-calls.js";

export interface ChangePorts extends Pick<ApplyPorts, "now" | "random" | "wait"> {
  /** By what stands before the colon: `snapshot:FILE`, `aws:PROFILE`. */
  readonly targets: Readonly<Record<string, OpenTarget>>;
  /** @param folder where the account file is */
  readonly journals: (folder: string) => JournalStore;
  /** The same for the calls that AWS charges for. */
  readonly paidCalls: (folder: string) => PaidCallLog;
  /** @param folder where the account file is: what lies there is called from there */
  readonly locks: (folder: string) => ApplyPorts["lock"];
}

/**
 * @param rest what stands behind the colon; empty where there is none
 * @throws TargetError
 */
export type OpenTarget = (rest: string, context: TargetContext) => AccountTarget | Promise<AccountTarget>;

export interface TargetContext {
  /** Relative paths start here. */
  readonly cwd: string;
  /** Where the account file is: what lies there is called the same from everywhere, so that journals can name it. */
  readonly folder: string;
  /** The account that the account file is about. */
  readonly accountId: string;
  readonly partition: string;
  readonly region: string | undefined;
  /** The buckets that it names. */
  readonly buckets: readonly string[];
}
