/** `iamPolicy/suppress`: writes a suppression, with its reason, into the configuration that holds for a document. */
import { pathToFileURL } from "node:url";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { addSuppression } from "../../lint/suppression.js";
import { positionsIn } from "../../workspace/positions.js";
import { guarded } from "../guard.js";
import type { SuppressParams } from "../protocol.js";
import { pathOf, type Session } from "../session.js";

export function suppress(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(
    "iamPolicy/suppress",
    guarded<SuppressParams, unknown>("iamPolicy/suppress", log, false, (params) =>
      writeSuppression(session, params),
    ),
  );
}

/** @returns whether the client took the edit */
export async function writeSuppression(session: Session, params: SuppressParams): Promise<boolean> {
  const { uri, rule, place, reason } = params;
  const path = pathOf(uri);
  if (path === undefined) return false;
  const target = session.workspace.configurationFileFor(path);
  const file = session.workspace.relativePath(target.folder, path);
  const edits = addSuppression(target.text, { rule, file, ...place, reason });
  const positions = positionsIn(target.text);
  const changes = edits.map((edit): TextEdit => ({ range: positions.range(edit), newText: edit.newText }));
  const { applied } = await session.connection.workspace.applyEdit(
    editOf(target.path, target.text, changes, session),
  );
  return applied;
}

function editOf(path: string, text: string, edits: TextEdit[], { capabilities }: Session): WorkspaceEdit {
  const uri = pathToFileURL(path).href;
  const operations = capabilities.workspace?.workspaceEdit;
  if (!operations?.documentChanges) return { changes: { [uri]: edits } };
  const change: TextDocumentEdit = { textDocument: { uri, version: null }, edits };
  if (text !== "" || !operations.resourceOperations?.includes("create")) return { documentChanges: [change] };
  return { documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: true } }, change] };
}
