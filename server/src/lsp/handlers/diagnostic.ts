/** `textDocument/diagnostic`: findings for clients that ask. */
import { type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from "vscode-languageserver";
import { diagnosticsOf } from "../diagnostics.js";
import { guarded } from "../guard.js";
import { type Session, viewOf } from "../session.js";

export function diagnostic(session: Session): void {
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  session.connection.languages.diagnostics.on(
    guarded("textDocument/diagnostic", session.log, nothing, ({ textDocument }) => {
      const view = viewOf(session, textDocument.uri);
      const items = view === undefined ? [] : diagnosticsOf(view, session);
      return { kind: DocumentDiagnosticReportKind.Full, items };
    }),
  );
}
