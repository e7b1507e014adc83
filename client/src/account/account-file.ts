/** Which account file a command is about: the one in front, the nearest, the only one, or the one that the user picks. */
import * as vscode from "vscode";

const NAME = "iam-account.json";

/** @param near a document: the nearest account file above it goes first */
export async function accountFile(given?: vscode.Uri, near?: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (given !== undefined) return given;
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
  const above = [only, ...others].filter(({ path }) => near?.path.startsWith(path.slice(0, -NAME.length)));
  const nearest = above.at(-1);
  if (nearest !== undefined) return nearest;
  if (others.length === 0) return only;
  const items = [only, ...others].map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const picked = await vscode.window.showQuickPick(items, { title: "Which account?" });
  return picked?.uri;
}
