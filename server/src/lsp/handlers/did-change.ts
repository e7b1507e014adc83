/**
 * `textDocument/didOpen`, `didChange`, `didSave`, `didClose`: analyses what changed and tells the client.
 * Changes that arrive together are analysed once; a text that has changed again publishes nothing.
 */
import { pathToFileURL } from "node:url";
import { CodeLensRefreshRequest, type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { ConfigurationProblem } from "../../lint/configuration.js";
import { positionsIn } from "../../workspace/positions.js";
import { staleSuppressions } from "../../workspace/workspace.js";
import { isAccountFile } from "../../workspace/worth-reading.js";
import { accountsMayHaveChanged, watchAccounts } from "../account-watch.js";
import { type Checking, checking } from "../checking.js";
import { diagnosticsOf, SOURCE } from "../diagnostics.js";
import { describe } from "../guard.js";
import type { DocumentKind } from "../protocol.js";
import { pathOf, type Session, viewOf } from "../session.js";
import { postponeWarmUp } from "../warm-up.js";
import { checkClosed, checkFile, isChecked } from "./check-workspace.js";
import { isConfiguration } from "./did-change-watched-files.js";
import { documentKind } from "./kind.js";

const checks = new WeakMap<Session, Checking>();
const kinds = new WeakMap<Session, Map<string, DocumentKind>>();

export function didChange(session: Session): void {
  checks.set(
    session,
    checking((uris) => check(session, uris)),
  );
  kinds.set(session, new Map());
  watchAccounts(session, (path) => recheck(session, path));
  session.documents.onDidOpen(({ document }) => lookAround(session, document.uri));
  session.documents.onDidSave(({ document }) => lookAround(session, document.uri));
  session.documents.onDidChangeContent(({ document }) => {
    postponeWarmUp();
    accountsMayHaveChanged(session);
    if (isAccountFile(document.uri)) {
      viewOf(session, document.uri);
      if (session.workspace.refreshVariables()) refreshAll(session);
    }
    if (!isConfiguration(document.uri)) return refresh(session, document.uri);
    viewOf(session, document.uri);
    session.workspace.forgetConfigurations();
    refreshAll(session);
  });
  session.documents.onDidClose(({ document }) => {
    session.workspace.close(document.uri);
    accountsMayHaveChanged(session);
    kinds.get(session)?.delete(document.uri);
    if (!pulls(session)) void session.connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    checkClosed(session, document.uri);
  });
}

/** A file whose findings have changed, and its text has not. */
function recheck(session: Session, path: string): void {
  const open = session.documents.all().find(({ uri }) => pathOf(uri) === path);
  if (open !== undefined) refreshFindings(session, open.uri);
  else checkFile(session, path);
}

/** What nobody has told: the configuration above a document may have changed since it was read. */
function lookAround(session: Session, uri: string): void {
  const path = pathOf(uri);
  if (path !== undefined && session.workspace.refreshFor(path)) refreshAll(session);
}

export function refresh(session: Session, uri: string): void {
  checks.get(session)?.changed(uri);
}

/** For handlers that answer while somebody is writing. */
export function answered(session: Session, uri: string): void {
  checks.get(session)?.answered(uri);
}

/** Where what is found has changed, and the text has not. */
export function refreshFindings(session: Session, uri: string): void {
  refresh(session, uri);
  refreshPulled(session);
}

/** After a change of configuration. */
export function refreshAll(session: Session): void {
  for (const { uri } of session.documents.all()) refresh(session, uri);
  const { codeLens, inlayHint } = session.capabilities.workspace ?? {};
  if (codeLens?.refreshSupport) void session.connection.sendRequest(CodeLensRefreshRequest.type);
  if (inlayHint?.refreshSupport) void session.connection.languages.inlayHint.refresh();
  refreshPulled(session);
}

/** Of those that a client pulls, the protocol can only refresh all. */
function refreshPulled(session: Session): void {
  if (pulls(session) && session.capabilities.workspace?.diagnostics?.refreshSupport) {
    session.connection.languages.diagnostics.refresh();
  }
}

function check(session: Session, uris: readonly string[]): void {
  for (const uri of uris) {
    try {
      publish(session, uri);
    } catch (error) {
      session.log(`Checking a document failed: ${describe(error)}`);
    }
  }
  publishConfigurations(session);
}

function publish(session: Session, uri: string): void {
  const view = viewOf(session, uri);
  if (view === undefined) return;
  if (!pulls(session)) {
    void session.connection.sendDiagnostics({
      uri,
      version: view.version,
      diagnostics: diagnosticsOf(view, session),
    });
  }
  const kind = documentKind(view);
  const before = kinds.get(session)?.get(uri);
  if (before?.kind === kind.kind && before.isPolicy === kind.isPolicy && before.evidence === kind.evidence)
    return;
  kinds.get(session)?.set(uri, kind);
  void session.connection.sendNotification("iamPolicy/kindChanged", kind);
}

/** A client that pulls diagnostics would show pushed ones twice. */
function pulls({ capabilities }: Session): boolean {
  return capabilities.textDocument?.diagnostic !== undefined;
}

const published = new WeakMap<Session, Map<string, string>>();

/** What is wrong in configuration files is shown in those files, whenever it has changed. */
function publishConfigurations(session: Session): void {
  const known = published.get(session) ?? new Map<string, string>();
  published.set(session, known);
  for (const located of session.workspace.configurations) {
    const { path, text, problems } = located;
    if (path === undefined) continue;
    const positions = positionsIn(text);
    const shown = (problem: ConfigurationProblem, severity: DiagnosticSeverity): Diagnostic => ({
      range: positions.range(problem),
      severity,
      message: problem.message,
      source: SOURCE,
    });
    const isWhole = isChecked(session) && session.workspace.isInside(path);
    const stale = staleSuppressions(located, session.workspace.today(), isWhole);
    const diagnostics = [
      ...problems.map((problem) => shown(problem, DiagnosticSeverity.Error)),
      ...stale.map((problem) => shown(problem, DiagnosticSeverity.Warning)),
    ];
    const state = JSON.stringify(diagnostics);
    if (known.get(path) === state) continue;
    known.set(path, state);
    void session.connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
  }
}
