/**
 * `textDocument/didOpen`, `didChange`, `didClose`: analyses what changed and tells the client.
 * Changes that arrive together are analysed once; a text that has changed again publishes nothing.
 */
import { pathToFileURL } from "node:url";
import { positionsIn } from "../../workspace/positions.js";
import type { LocatedConfiguration } from "../../workspace/workspace.js";
import { diagnosticsOf, SOURCE } from "../diagnostics.js";
import { describe } from "../guard.js";
import type { DocumentKind } from "../protocol.js";
import { type Session, viewOf } from "../session.js";
import { documentKind } from "./kind.js";

const waiting = new WeakMap<Session, Set<string>>();
const kinds = new WeakMap<Session, Map<string, DocumentKind>>();

export function didChange(session: Session): void {
  waiting.set(session, new Set());
  kinds.set(session, new Map());
  session.documents.onDidChangeContent(({ document }) => refresh(session, document.uri));
  session.documents.onDidClose(({ document }) => {
    session.workspace.close(document.uri);
    kinds.get(session)?.delete(document.uri);
    if (!pulls(session)) void session.connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
}

/** Analyses a document once the messages that have arrived are read. */
export function refresh(session: Session, uri: string): void {
  const queue = waiting.get(session);
  if (queue === undefined) return;
  if (queue.size === 0) setImmediate(() => flush(session, queue));
  queue.add(uri);
}

/** After a change of configuration. */
export function refreshAll(session: Session): void {
  for (const { uri } of session.documents.all()) refresh(session, uri);
  if (pulls(session) && session.capabilities.workspace?.diagnostics?.refreshSupport) {
    session.connection.languages.diagnostics.refresh();
  }
}

function flush(session: Session, queue: Set<string>): void {
  const uris = [...queue];
  queue.clear();
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

const published = new WeakMap<Session, Map<string, LocatedConfiguration>>();

/** What is wrong in configuration files is shown in those files, once per state of the file. */
function publishConfigurations(session: Session): void {
  const known = published.get(session) ?? new Map<string, LocatedConfiguration>();
  published.set(session, known);
  for (const located of session.workspace.configurations) {
    const { path, text, problems } = located;
    if (path === undefined || known.get(path) === located) continue;
    known.set(path, located);
    const positions = positionsIn(text);
    const diagnostics = problems.map((problem) => ({
      range: positions.range(problem),
      message: problem.message,
      source: SOURCE,
    }));
    void session.connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
  }
}
