/** "Fix All": applies every safe fix to the active editor, in one step that one undo takes back. */
import * as vscode from "vscode";

const FIX_ALL = "source.fixAll.iamPolicy";

export async function fixAll(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage("Open a policy to fix it.");
    return;
  }
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    document.validateRange(everything),
    FIX_ALL,
    // Resolves the action, should its edit come later.
    1,
  );
  const edit = actions.find(({ kind }) => kind?.value === FIX_ALL)?.edit;
  if (edit === undefined) {
    void vscode.window.showInformationMessage(
      "There is nothing that can be fixed without changing what it means.",
    );
    return;
  }
  await vscode.workspace.applyEdit(edit);
}
