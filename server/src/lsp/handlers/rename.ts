/** `textDocument/prepareRename` and `rename`: of Sids and placeholders, within their document. */
import {
  LSPErrorCodes,
  type PrepareRenameResult,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { renamableAt, rename as renameIn } from "../../assist/rename.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session } from "../session.js";
import { workspaceEdit } from "../workspace-edit.js";

export function rename(session: Session): void {
  const { connection, log } = session;
  connection.onPrepareRename(
    guarded(
      "textDocument/prepareRename",
      log,
      null as PrepareRenameResult | null,
      ({ textDocument, position }) => {
        const view = policyViewOf(session, textDocument.uri);
        if (view === undefined) return null;
        const policies = view.analysis.policies.map(({ policy }) => policy);
        const { tree } = view.analysis.document;
        const found = renamableAt(tree, policies, view.positions.offset(position));
        if (found === undefined) return null;
        return { range: view.positions.range(found.place.at), placeholder: found.name };
      },
    ),
  );
  connection.onRenameRequest(
    guarded(
      "textDocument/rename",
      log,
      null as WorkspaceEdit | null,
      ({ textDocument, position, newName }) => {
        const view = policyViewOf(session, textDocument.uri);
        if (view === undefined) return null;
        const policies = view.analysis.policies.map(({ policy }) => policy);
        const { tree } = view.analysis.document;
        const found = renamableAt(tree, policies, view.positions.offset(position));
        if (found === undefined) return null;
        const wide = view.analysis.policies.some(({ kind }) => kind === "resource" || kind === "endpoint");
        const result = renameIn(found, newName, tree, policies, wide);
        if ("refusal" in result) throw new ResponseError(LSPErrorCodes.RequestFailed, result.refusal);
        return workspaceEdit(view, result.edits, session);
      },
    ),
  );
}
