/** Edits of one document as the client can take them: with the version that they are for, where it knows versions. */
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Edit } from "../syntax/span.js";
import { positionsIn } from "../workspace/positions.js";
import type { Session, View } from "./session.js";

export function workspaceEdit(view: View, edits: readonly Edit[], { capabilities }: Session): WorkspaceEdit {
  const changes: TextEdit[] = edits.map((edit) => ({
    range: view.positions.range(edit),
    newText: edit.newText,
  }));
  if (!capabilities.workspace?.workspaceEdit?.documentChanges) return { changes: { [view.uri]: changes } };
  return { documentChanges: [{ textDocument: { uri: view.uri, version: view.version }, edits: changes }] };
}

/** The one edit that makes a text of another: what is alike at both ends stays. */
export function replacement(before: string, after: string): TextEdit {
  const positions = positionsIn(before);
  const edit = smallestEdit(before, after);
  return { range: positions.range(edit), newText: edit.newText };
}

/** The one edit that turns one text into the other and leaves alone what they share at both ends. */
export function smallestEdit(before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end: before.length - end, newText: after.slice(start, after.length - end) };
}
