/**
 * Writes what a template makes of a folder as one edit that can be undone: all of it, or nothing. What is to be written is
 * the server's to say.
 */
import * as vscode from "vscode";
import type { ExpandedFile } from "../../../server/src/lsp/protocol.js";

/** @returns `undefined` where nothing was written, after saying why */
export async function writeFiles(files: readonly ExpandedFile[]): Promise<readonly vscode.Uri[] | undefined> {
  const edit = new vscode.WorkspaceEdit();
  const made: { readonly uri: vscode.Uri; readonly contents: Uint8Array }[] = [];
  // VS Code stops at the first that it cannot do: texts, which it always can, come last.
  for (const { uri, edit: change, text } of files) {
    if (change !== undefined) continue;
    const file = { uri: vscode.Uri.parse(uri), contents: new TextEncoder().encode(text) };
    made.push(file);
    edit.createFile(file.uri, file);
  }
  for (const { uri, edit: change } of files)
    if (change !== undefined) edit.replace(vscode.Uri.parse(uri), rangeOf(change.range), change.newText);
  const missing = await missingFolders(made.map(({ uri }) => uri));
  if (!(await vscode.workspace.applyEdit(edit))) {
    for (const { uri, contents } of made) if (await says(uri, contents)) await remove(uri);
    for (const uri of missing) await remove(uri);
    void vscode.window.showErrorMessage(
      "Nothing was written: VS Code cannot make the files. May you write to the folder?",
    );
    return undefined;
  }
  const uris = files.map(({ uri }) => vscode.Uri.parse(uri));
  // New files are saved; so is what was edited.
  for (const [index, { path, edit: change }] of files.entries()) {
    const uri = uris[index];
    if (uri === undefined || change === undefined) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    if (!(await document.save()))
      void vscode.window.showErrorMessage(
        `${path} is changed, and VS Code could not save it: save it yourself.`,
      );
  }
  return uris;
}

/** The folders that files will need and that are not there, innermost first. */
async function missingFolders(files: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const missing = new Map<string, vscode.Uri>();
  for (const file of files) {
    let folder = vscode.Uri.joinPath(file, "..");
    while (!missing.has(folder.path) && !(await isThere(folder))) {
      missing.set(folder.path, folder);
      folder = vscode.Uri.joinPath(folder, "..");
    }
  }
  return [...missing.values()].sort((a, b) => b.path.length - a.path.length);
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** A file of somebody else, who was faster, stays. */
async function says(uri: vscode.Uri, contents: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await vscode.workspace.fs.readFile(uri), contents) === 0;
  } catch {
    return false;
  }
}

/** What is not there need not go, and a folder that somebody else has put something into stays. */
async function remove(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch {}
}

function rangeOf({ start, end }: NonNullable<ExpandedFile["edit"]>["range"]): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
