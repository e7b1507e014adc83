/** "Add User to Group…" and "New Group…": asks who and what, and applies the edit of the account file that the server makes. */
import * as vscode from "vscode";
import type { AccountChange, AccountNames } from "../../../server/src/lsp/protocol.js";
import { accountFile } from "../account/account-file.js";
import type { LanguageServer } from "../language-server.js";
import { pickOrType } from "../simulate/pick-or-type.js";

/** What is asked of the user unless a caller, such as a test, has decided already. */
export interface DecidedChange {
  readonly account?: vscode.Uri;
  readonly change?: AccountChange;
}

/** @returns whether the account file was changed */
export async function addUserToGroup(server: LanguageServer, decided: DecidedChange = {}): Promise<boolean> {
  return edit(server, decided, async (names) => {
    const title = "Add User to Group";
    const user = await pickOne(title, "Who? Choose a user, or type the name of a new one.", names.users, 1);
    if (user === undefined) return undefined;
    const group = await vscode.window.showQuickPick([...names.groups], {
      title,
      placeHolder: "Which group?",
    });
    return group === undefined ? undefined : { type: "addUserToGroup", user, group };
  });
}

/** @returns whether the account file was changed */
export async function newGroup(server: LanguageServer, decided: DecidedChange = {}): Promise<boolean> {
  return edit(server, decided, async (names) => {
    const title = "New Group";
    const group = await vscode.window.showInputBox({ title, prompt: "How is the group called?" });
    if (group === undefined || group.trim() === "") return undefined;
    const policies = await pickMany(
      title,
      "What may they do? Choose policies, or type an ARN.",
      names.policies,
      2,
    );
    const users =
      policies && (await pickMany(title, "Who is in it? Choose users, or type new names.", names.users, 3));
    if (policies === undefined || users === undefined) return undefined;
    return { type: "newGroup", group: group.trim(), policies, users };
  });
}

async function edit(
  server: LanguageServer,
  decided: DecidedChange,
  ask: (names: AccountNames) => Promise<AccountChange | undefined>,
): Promise<boolean> {
  const account = await accountFile(decided.account);
  if (account === undefined) return false;
  const uri = account.toString();
  const names = await server.ask("iamPolicy/accountNames", { account: uri });
  if (names === null) {
    void vscode.window.showErrorMessage(`${vscode.workspace.asRelativePath(account)} is no account file.`);
    return false;
  }
  const change = decided.change ?? (await ask(names));
  if (change === undefined) return false;
  const result = await server.ask("iamPolicy/editAccount", { account: uri, change });
  if ("problem" in result) {
    void vscode.window.showErrorMessage(result.problem);
    return false;
  }
  const { start, end } = result.edit.range;
  const workspaceEdit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  workspaceEdit.replace(account, range, result.edit.newText);
  if (!(await vscode.workspace.applyEdit(workspaceEdit))) return false;
  await vscode.window.showTextDocument(account, { preview: false });
  return true;
}

async function pickOne(
  title: string,
  placeholder: string,
  names: readonly string[],
  step: number,
): Promise<string | undefined> {
  const items = names.map((label) => ({ label }));
  const picked = await pickOrType({ title, placeholder, step, steps: 2, items, typed: labelled });
  return picked === undefined || picked === "back" ? undefined : picked.labels[0];
}

async function pickMany(
  title: string,
  placeholder: string,
  names: readonly string[],
  step: number,
): Promise<readonly string[] | undefined> {
  const items = names.map((label) => ({ label }));
  const picked = await pickOrType({ title, placeholder, step, steps: 3, items, many: [], typed: labelled });
  return picked === undefined || picked === "back" ? undefined : picked.labels;
}

function labelled(text: string): vscode.QuickPickItem | undefined {
  return text === "" ? undefined : { label: text };
}
