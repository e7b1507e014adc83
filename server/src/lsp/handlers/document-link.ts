/** `textDocument/documentLink`: from actions to AWS's pages about them. The pages are not asked for here. */
import type { DocumentLink } from "vscode-languageserver";
import { linksIn } from "../../assist/links.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session } from "../session.js";

export function documentLink(session: Session): void {
  session.connection.onDocumentLinks(
    guarded("textDocument/documentLink", session.log, [] as DocumentLink[], ({ textDocument }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined) return [];
      const policies = view.analysis.policies.map(({ policy }) => policy);
      return linksIn(policies, session.workspace.catalogue).map(({ at, target, tooltip }) => ({
        range: view.positions.range(at),
        target,
        tooltip,
      }));
    }),
  );
}
