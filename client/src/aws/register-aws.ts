/** Puts together what asks AWS: its commands, the tree, the status bar item, and validation on save where it is on. */
import * as vscode from "vscode";
import type { AccountNode } from "../../../server/src/lsp/change-protocol.js";
import { pickSnapshot } from "../account/target.js";
import type { ReadLivePolicy } from "../checks/ask-check.js";
import type { LanguageServer } from "../language-server.js";
import type { ShownTexts } from "../shown-texts.js";
import { type AccountTree, createAccountTree } from "./account-tree.js";
import { createAwsCommands } from "./aws-commands.js";
import { type AwsSessions, createAwsSessions } from "./aws-session.js";
import { createDrift, type Drift } from "./drift.js";
import { compareLiveVersions, openLivePolicy } from "./live-policies.js";
import { createReadLivePolicy } from "./read-live-policy.js";

export interface Aws extends vscode.Disposable {
  readonly sessions: AwsSessions;
  readonly tree: AccountTree;
  readonly readLivePolicy: ReadLivePolicy;
  readonly drift: Drift;
  /** @returns whether AWS answers; the user has been told otherwise */
  connected(): Promise<boolean>;
  /** Of the account, as far as it has been read. */
  buckets(): readonly string[];
}

/** Saves that follow each other within this time, in milliseconds, are one question to AWS. */
const QUIET = 1_000;

export function registerAws(server: LanguageServer, texts: ShownTexts): Aws {
  const sessions = createAwsSessions(server);
  const drift = createDrift(server, texts);
  const tree = createAccountTree(server, drift.differs);
  const commands = createAwsCommands(server, sessions, texts);
  const waiting = new Map<string, NodeJS.Timeout>();
  const validateSoon = ({ uri }: vscode.TextDocument): void => {
    const key = uri.toString();
    clearTimeout(waiting.get(key));
    const validate = async (): Promise<void> => {
      waiting.delete(key);
      // Of a document that has just been opened the server may not have said yet what it is.
      const kind = await server.ask("iamPolicy/kind", { uri: key }).catch(() => null);
      if (kind?.isPolicy === true) await commands.validate(uri);
    };
    waiting.set(
      key,
      setTimeout(() => void validate(), QUIET),
    );
  };
  const { registerCommand } = vscode.commands;
  const disposables = [
    sessions,
    tree,
    drift,
    // Where it fails, the server has logged why.
    tree.onDidRead(() => void drift.follow(tree.read).catch(() => undefined)),
    drift.onDidChange(tree.redraw),
    // What was read belongs to the session before.
    sessions.onDidChange(tree.clear),
    registerCommand("iamPolicy.switchProfile", (profile?: string) => sessions.switchProfile(profile)),
    registerCommand("iamPolicy.validateWithAws", (about?: vscode.Uri | { readonly uri: string }) =>
      // What stands above a policy names the document in a text.
      commands.validate(
        about instanceof vscode.Uri || about === undefined ? about : vscode.Uri.parse(about.uri),
      ),
    ),
    registerCommand("iamPolicy.reportDisagreements", (uri?: vscode.Uri) => commands.reportDisagreements(uri)),
    registerCommand("iamPolicy.downloadSnapshot", (file?: vscode.Uri) => commands.downloadSnapshot(file)),
    registerCommand("iamPolicy.importAccount", (folder?: vscode.Uri) => commands.importAccount(folder)),
    registerCommand("iamPolicy.checkAccount", () => commands.checkAccount()),
    registerCommand("iamPolicy.refreshAccount", async () => {
      if (!(await commands.connected())) return;
      await vscode.commands.executeCommand("iamPolicy.account.focus");
      await tree.refresh();
    }),
    registerCommand("iamPolicy.showSnapshot", async (file?: vscode.Uri) => {
      const picked = file ?? shownSnapshot() ?? (await pickSnapshot());
      if (picked === undefined) return;
      await tree.showSnapshot(picked);
      await vscode.commands.executeCommand("iamPolicy.account.focus");
    }),
    registerCommand("iamPolicy.compareWithAccount", (it?: vscode.Uri | AccountNode) => drift.compare(it)),
    registerCommand("iamPolicy.openLivePolicy", (node: AccountNode) => openLivePolicy(server, texts, node)),
    registerCommand("iamPolicy.compareLiveVersions", (node: AccountNode, version?: string) =>
      compareLiveVersions(server, texts, node, version),
    ),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (validatesOnSave()) validateSoon(document);
    }),
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  ];
  return {
    sessions,
    tree,
    readLivePolicy: createReadLivePolicy(server, tree, commands.connected),
    drift,
    connected: commands.connected,
    buckets: () =>
      tree.nodes.flatMap(({ id, children }) => (id === "buckets" ? children.map(({ label }) => label) : [])),
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

/** The file in front, where it is called like a snapshot. */
function shownSnapshot(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && /snapshot[^/]*\.json$/.test(uri.path) ? uri : undefined;
}

/** The user's own setting, in a workspace that the user trusts. */
function validatesOnSave(): boolean {
  const setting = vscode.workspace.getConfiguration("iamPolicy.aws").inspect<boolean>("validateOnSave");
  return vscode.workspace.isTrusted && setting?.globalValue === true;
}
