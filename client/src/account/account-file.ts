/** Which account file a command is about: the one in front, the only one, or the one that the user picks. */
import * as vscode from "vscode";

const NAME = "iam-account.json";

export async function accountFile(given?: unknown): Promise<vscode.Uri | undefined> {
  if (given instanceof vscode.Uri) return given;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active?.path.endsWith(`/${NAME}`)) return active;
  const found = await vscode.workspace.findFiles(`**/${NAME}`, "**/node_modules/**", 200);
  const [only, ...others] = found.sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
  if (only === undefined) {
    void vscode.window.showErrorMessage(
      `There is no ${NAME} in this workspace. A template of “IAM Policy: New from Template…” writes one.`,
    );
    return undefined;
  }
  if (others.length === 0) return only;
  const items = [only, ...others].map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const picked = await vscode.window.showQuickPick(items, { title: "Which account?" });
  return picked?.uri;
}
