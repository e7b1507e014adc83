/** `textDocument/documentHighlight`: where else in the document the thing under the cursor is named. */
import { type DocumentHighlight, DocumentHighlightKind } from "vscode-languageserver";
import { nameAt, occurrencesOf } from "../../assist/occurrences.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session } from "../session.js";

export function documentHighlight(session: Session): void {
  session.connection.onDocumentHighlight(
    guarded(
      "textDocument/documentHighlight",
      session.log,
      [] as DocumentHighlight[],
      ({ textDocument, position }) => {
        const view = policyViewOf(session, textDocument.uri);
        if (view === undefined) return [];
        const { tree } = view.analysis.document;
        const policies = view.analysis.policies.map(({ policy }) => policy);
        const name = nameAt(tree, policies, view.positions.offset(position));
        if (name === undefined) return [];
        return occurrencesOf(name, tree, policies).map((it) => ({
          range: view.positions.range(it),
          kind: it.declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      },
    ),
  );
}
