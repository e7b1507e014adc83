/** `textDocument/hover`: what the word under the cursor means, as Markdown or as plain text. */
import { type Hover, MarkupKind } from "vscode-languageserver";
import { hoverAt } from "../../assist/hover/hover.js";
import { guarded } from "../guard.js";
import { markup } from "../markup.js";
import { type Session, viewOf } from "../session.js";

export function hover(session: Session): void {
  session.connection.onHover(
    guarded("textDocument/hover", session.log, null as Hover | null, ({ textDocument, position }) => {
      const view = viewOf(session, textDocument.uri);
      if (view === undefined) return null;
      const { workspace, capabilities } = session;
      const found = hoverAt({
        policies: view.analysis.policies.map(({ policy }) => policy),
        root: view.analysis.document.tree.root,
        catalogue: workspace.catalogue,
        offset: view.positions.offset(position),
        variables: workspace.variablesFor(workspace.document(view.uri)?.path),
      });
      if (found === undefined) return null;
      const formats = capabilities.textDocument?.hover?.contentFormat ?? [MarkupKind.PlainText];
      return { contents: markup(found.markdown, formats), range: view.positions.range(found.at) };
    }),
  );
}
