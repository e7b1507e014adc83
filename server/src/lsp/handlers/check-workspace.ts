/**
 * Policies that are not open: found below the workspace's folders, checked in the background a few milliseconds at a
 * time, with progress, and again when they change on disk.
 */
import { pathToFileURL } from "node:url";
import { type CancellationToken, FileChangeType, type FileEvent } from "vscode-languageserver";
import { languageOf } from "../../syntax/document.js";
import { positionsIn } from "../../workspace/positions.js";
import { isAccountFile, isWorthReading, isWorthShowing } from "../../workspace/worth-reading.js";
import { watchAccount } from "../account-watch.js";
import { diagnosticsOf } from "../diagnostics.js";
import { describe } from "../guard.js";
import { pathOf, type Session } from "../session.js";

/** How long the event loop may be held before a keystroke gets its turn. */
const SLICE = 8;

const reported = new WeakMap<Session, Set<string>>();
const checked = new WeakSet<Session>();

/** Has every policy file of the workspace been looked at? */
export function isChecked(session: Session): boolean {
  return checked.has(session);
}

/** Checks every policy file of the workspace. A later call does it again, after a change of configuration. */
export async function checkWorkspace(session: Session): Promise<void> {
  if (session.options.checkWorkspace === false) return;
  const { connection, workspace, capabilities } = session;
  const paths = workspace.folders.flatMap((folder) => [...workspace.listFiles(folder)]);
  if (paths.length === 0) return;
  const progress = capabilities.window?.workDoneProgress
    ? await connection.window.createWorkDoneProgress()
    : undefined;
  progress?.begin("Checking policies", 0, undefined, true);
  let since = performance.now();
  for (const [index, path] of paths.entries()) {
    if (isCancelled(progress?.token)) {
      progress?.done();
      return;
    }
    checkFile(session, path);
    if (performance.now() - since < SLICE) continue;
    progress?.report(Math.round((100 * index) / paths.length));
    await new Promise<void>((resolve) => void setImmediate(resolve));
    since = performance.now();
  }
  checked.add(session);
  progress?.done();
}

/** After files were written, made or deleted outside of the editor. */
export function checkChanged(session: Session, changes: readonly FileEvent[]): void {
  if (session.options.checkWorkspace === false) return;
  for (const { uri, type } of changes) {
    const path = pathOf(uri);
    if (path === undefined) continue;
    if (type === FileChangeType.Deleted) clear(session, uri);
    else checkFile(session, path);
  }
}

/** After a document was closed: its findings stay, as the file on disk has them. */
export function checkClosed(session: Session, uri: string): void {
  const path = pathOf(uri);
  if (path !== undefined && session.options.checkWorkspace !== false && session.workspace.isInside(path)) {
    checkFile(session, path);
  }
}

export function checkFile(session: Session, path: string): void {
  const uri = pathToFileURL(path).href;
  // What is open is checked as it stands in the editor.
  if (session.documents.all().some((it) => pathOf(it.uri) === path)) return;
  try {
    const text = session.workspace.isIgnored(path) ? undefined : session.workspace.readFile(path);
    if (text === undefined || !isWorthReading(path, text)) return clear(session, uri);
    if (isAccountFile(path)) {
      watchAccount(session, path);
      session.workspace.refreshHolders(path);
    }
    const analysis = session.workspace.analyseText(path, text, languageOf(path));
    if (!isWorthShowing(analysis)) return clear(session, uri);
    const view = { uri, version: 0, languageId: "", analysis, positions: positionsIn(text) };
    reportedIn(session).add(uri);
    void session.connection.sendDiagnostics({ uri, diagnostics: diagnosticsOf(view, session) });
  } catch (error) {
    session.log(`Checking a file failed: ${describe(error)}`);
  }
}

function clear(session: Session, uri: string): void {
  if (reportedIn(session).delete(uri)) void session.connection.sendDiagnostics({ uri, diagnostics: [] });
}

function reportedIn(session: Session): Set<string> {
  const known = reported.get(session) ?? new Set<string>();
  reported.set(session, known);
  return known;
}

function isCancelled(token: CancellationToken | undefined): boolean {
  return token?.isCancellationRequested ?? false;
}
