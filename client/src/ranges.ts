/** Ranges of the protocol as VS Code's own. */
import * as vscode from "vscode";
import type { Place } from "../../server/src/lsp/protocol.js";

export function rangeOf({ start, end }: Place["range"]): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

export function locationOf({ uri, range }: Place): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri), rangeOf(range));
}
