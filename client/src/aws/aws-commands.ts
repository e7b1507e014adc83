/** The commands that ask AWS: each connects first, so that the status bar tells as whom. */
import * as vscode from "vscode";
import { counted } from "../counted.js";
import type { LanguageServer } from "../language-server.js";
import { askLong, wordsOf } from "../long-request.js";
import type { ShownTexts } from "../shown-texts.js";
import type { AwsSessions } from "./aws-session.js";

export interface AwsCommands {
  /** @returns whether AWS answers, which the status bar then shows; the user has been told otherwise */
  connected(): Promise<boolean>;
  validate(uri?: vscode.Uri): Promise<void>;
  reportDisagreements(uri?: vscode.Uri): Promise<void>;
  downloadSnapshot(file?: vscode.Uri): Promise<void>;
  importAccount(folder?: vscode.Uri): Promise<void>;
  checkAccount(): Promise<void>;
}

export function createAwsCommands(
  server: LanguageServer,
  sessions: AwsSessions,
  texts: ShownTexts,
): AwsCommands {
  const connected = async (): Promise<boolean> => {
    try {
      await sessions.connect();
      return true;
    } catch (error) {
      if (error instanceof vscode.CancellationError) return false;
      const profile = "Switch Profile";
      const chosen = await vscode.window.showErrorMessage(wordsOf(error), profile);
      if (chosen === profile) await sessions.switchProfile();
      return false;
    }
  };
  const folder = (): vscode.Uri | undefined => vscode.workspace.workspaceFolders?.[0]?.uri;
  const documentOf = (uri?: vscode.Uri): vscode.Uri | undefined => {
    const found = uri ?? vscode.window.activeTextEditor?.document.uri;
    if (found === undefined) void vscode.window.showInformationMessage("Open a policy to ask AWS about it.");
    return found;
  };

  return {
    connected,
    async validate(given) {
      const uri = documentOf(given);
      if (uri === undefined || !(await connected())) return;
      const params = { uri: uri.toString() };
      const answer = await askLong(server, "Asking Access Analyzer…", "iamPolicy/validate", params);
      if (answer === undefined) return;
      const { findings, disagreements, notAsked } = answer;
      for (const why of notAsked) void vscode.window.showWarningMessage(why);
      const said = `Access Analyzer has ${findings === 0 ? "no findings" : counted(findings, "finding")}`;
      if (disagreements === 0) {
        void vscode.window.setStatusBarMessage(`$(check) ${said}, as we do.`, 8_000);
        return;
      }
      const report = "Show Report";
      const message = `${said}; ${disagreements} of its answers differ from ours.`;
      if ((await vscode.window.showInformationMessage(message, report)) === report)
        await this.reportDisagreements(uri);
    },
    async reportDisagreements(given) {
      const uri = documentOf(given);
      if (uri === undefined) return;
      const params = { uri: uri.toString() };
      const text = await askLong(server, "Comparing…", "iamPolicy/disagreements", params);
      if (text !== undefined) await texts.showMarkdown("IAM Disagreements", text);
    },
    async downloadSnapshot(given) {
      const home = folder();
      const defaultUri = home && vscode.Uri.joinPath(home, "iam-snapshot.json");
      const options = { ...(defaultUri && { defaultUri }), filters: { JSON: ["json"] } };
      const file = given ?? (await vscode.window.showSaveDialog(options));
      if (file === undefined || !(await connected())) return;
      const params = { file: file.toString() };
      const said = await askLong(server, "Downloading the account…", "iamPolicy/downloadSnapshot", params);
      if (said !== undefined) void vscode.window.showInformationMessage(said);
    },
    async importAccount(given) {
      const picked = given ?? folder();
      if (picked === undefined) {
        void vscode.window.showErrorMessage("Open a folder first: the account is written into it.");
        return;
      }
      if (!(await connected())) return;
      const params = { folder: picked.toString() };
      const file = await askLong(server, "Importing the account…", "iamPolicy/importAccount", params);
      if (file !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(file));
    },
    async checkAccount() {
      if (!(await connected())) return;
      const report = await askLong(server, "Checking the account…", "iamPolicy/checkAccount", {});
      if (report !== undefined) await texts.showMarkdown("AWS Account Check", report);
    },
  };
}
