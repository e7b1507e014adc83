/**
 * Which files of a workspace are not as an account was when it was last read. It compares what is saved with what was
 * read, and asks nobody anew.
 */
import type { Account } from "../account/account.js";
import { type Difference, driftOf } from "../account/change/drift.js";
import type { Snapshot } from "../account/change/snapshot-shape.js";
import { NO_ACCOUNT } from "../account/desired-account.js";
import type { AccountFiles } from "./account-files.js";

export interface LiveAccount {
  /** As shown to the user, such as `AWS profile dev` or `snapshot account.json`. */
  readonly from: string;
  /** The twelve digits; `undefined` where nothing in it tells. */
  readonly account: string | undefined;
  readonly snapshot: Snapshot;
}

export interface Drift {
  readonly differences: readonly DifferentFile[];
  /** The paths of all files that were compared, whatever came of it. */
  readonly sources: readonly string[];
}

/** A difference whose `file` is a path. */
export interface DifferentFile extends Difference {
  /** The path of the account file. */
  readonly account: string;
}

export interface DriftQuestion {
  /** Of account files; those of other accounts are passed over. */
  readonly paths: readonly string[];
  readonly live: LiveAccount;
}

export function liveDrift(files: AccountFiles, paths: readonly string[], live: LiveAccount): Drift {
  const sources = new Set<string>();
  const differences = paths.flatMap((path) => {
    const { account } = files.account(path);
    for (const source of files.sources(path)) sources.add(source);
    if (account === undefined || !isAbout(account, live)) return [];
    return driftOf(account, live.snapshot).map((it) => ({
      ...it,
      account: path,
      file: files.pathOf(it.file) ?? path,
    }));
  });
  return { differences, sources: [...sources] };
}

function isAbout({ id }: Account, { account }: LiveAccount): boolean {
  return id !== NO_ACCOUNT && (account === undefined || id === account);
}
