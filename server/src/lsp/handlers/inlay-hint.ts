/** `textDocument/inlayHint`: what wildcards take in, and the size of a policy at its end. */
import { type InlayHint, MarkupKind } from "vscode-languageserver";
import { inlayHintsIn } from "../../assist/inlay-hints.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session } from "../session.js";

export function inlayHint(session: Session): void {
  session.connection.languages.inlayHint.on(
    guarded("textDocument/inlayHint", session.log, [] as InlayHint[], ({ textDocument, range }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined) return [];
      const { analysis, positions } = view;
      const { wildcardActions = true, size = true } = session.options.inlayHints ?? {};
      const within = { start: positions.offset(range.start), end: positions.offset(range.end) };
      const { text } = analysis.document.tree;
      const { catalogue } = session.workspace;
      return inlayHintsIn(text, analysis.policies, catalogue, { wildcardActions, size }, within).map(
        (it) => ({
          position: positions.position(it.at),
          label: it.label,
          tooltip: { kind: MarkupKind.Markdown, value: it.tooltip },
          paddingLeft: true,
        }),
      );
    }),
  );
}
