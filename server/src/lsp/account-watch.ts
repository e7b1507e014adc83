/**
 * When accounts are read again: a moment after the last change of any file, because what an account finds depends on
 * every policy that it names. What is shown of an account that reads differently is left to the caller.
 */
import { isAccountFile } from "../workspace/worth-reading.js";
import { describe } from "./guard.js";
import { pathOf, type Session } from "./session.js";

/** Longer than between two keys, in milliseconds: reading takes a look at every policy. */
const PATIENCE = 250;

interface Watch {
  readonly paths: Set<string>;
  readonly changed: (path: string) => void;
  timer: NodeJS.Timeout | undefined;
}

const watches = new WeakMap<Session, Watch>();

/** @param changed told each account that reads differently now */
export function watchAccounts(session: Session, changed: (path: string) => void): void {
  watches.set(session, { paths: new Set(), changed, timer: undefined });
}

/** For accounts that were found on disk; those that are open are known anyway. */
export function watchAccount(session: Session, path: string): void {
  watches.get(session)?.paths.add(path);
}

export function accountsMayHaveChanged(session: Session): void {
  const watch = watches.get(session);
  if (watch === undefined) return;
  clearTimeout(watch.timer);
  watch.timer = setTimeout(() => readAgain(session, watch), PATIENCE);
}

function readAgain({ documents, workspace, log }: Session, { paths, changed }: Watch): void {
  const open = documents.all().flatMap(({ uri }) => (isAccountFile(uri) ? (pathOf(uri) ?? []) : []));
  for (const path of new Set([...paths, ...open])) {
    try {
      if (workspace.refreshHolders(path)) changed(path);
    } catch (error) {
      log(`Reading an account failed: ${describe(error)}`);
    }
  }
}
