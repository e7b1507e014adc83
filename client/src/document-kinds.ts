/** What the server has said about each open document, kept until it says otherwise or the document closes. */
import * as vscode from "vscode";
import type { DocumentKind } from "../../server/src/lsp/protocol.js";
import type { LanguageServer } from "./language-server.js";

export interface DocumentKinds extends vscode.Disposable {
  of(document: vscode.TextDocument): DocumentKind | undefined;
  readonly onDidChange: vscode.Event<DocumentKind>;
}

export function createDocumentKinds(server: LanguageServer): DocumentKinds {
  const kinds = new Map<string, DocumentKind>();
  const changed = new vscode.EventEmitter<DocumentKind>();
  const remember = (kind: DocumentKind): void => {
    // Spelled as VS Code spells it: the server may encode other characters.
    kinds.set(vscode.Uri.parse(kind.uri).toString(), kind);
    changed.fire(kind);
  };
  server.on("iamPolicy/kindChanged", remember);
  const disposables = [
    changed,
    vscode.workspace.onDidCloseTextDocument((document) => {
      // A document that changes its language closes and opens again, and is not closed meanwhile.
      if (document.isClosed) kinds.delete(document.uri.toString());
    }),
  ];
  return {
    of: (document) => kinds.get(document.uri.toString()),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}
