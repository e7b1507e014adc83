/** Edits of one document as the client can take them: with the version that they are for, where it knows versions. */
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Edit } from "../syntax/span.js";
import type { Session, View } from "./session.js";

export function workspaceEdit(view: View, edits: readonly Edit[], { capabilities }: Session): WorkspaceEdit {
  const changes: TextEdit[] = edits.map((edit) => ({
    range: view.positions.range(edit),
    newText: edit.newText,
  }));
  if (!capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [view.uri]: changes } };
  return { documentChanges: [{ textDocument: { uri: view.uri, version: view.version }, edits: changes }] };
}
