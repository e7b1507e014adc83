/**
 * Marks files that are not as the account was when it was last read, and the nodes of the account's tree that they are
 * about; shows a document of both beside each other. It follows the files, and never has the account read.
 */
import * as vscode from "vscode";
import type { AccountNode, DifferenceView } from "../../../server/src/lsp/change-protocol.js";
import type { LanguageServer } from "../language-server.js";
import { wordsOf } from "../long-request.js";
import type { ShownTexts } from "../shown-texts.js";
import { nodeUri, type ReadState } from "./account-tree.js";

export interface Drift extends vscode.Disposable {
  /** After the account was read, or forgotten. */
  follow(read: ReadState | undefined): Promise<void>;
  /** @param about a file, or a node of the tree; the active editor's file unless said */
  compare(about?: vscode.Uri | AccountNode): Promise<void>;
  differs(node: AccountNode): boolean;
  /** What is said about a file or a node; empty where nothing is. */
  said(about: vscode.Uri): readonly string[];
  readonly onDidChange: vscode.Event<void>;
}

/** Changes of files that follow each other within this time, in milliseconds, are looked at once. */
const QUIET = 300;
const ACCOUNT_FILE = "iam-account.json";
/** What a menu asks for a file. */
const MARKED = "iamPolicy.filesThatDiffer";
const FEW = 8;

export function createDrift(server: LanguageServer, texts: ShownTexts): Drift {
  const changed = new vscode.EventEmitter<void>();
  const marks = new vscode.EventEmitter<undefined>();
  let read: ReadState | undefined;
  let byKey: ReadonlyMap<string, readonly DifferenceView[]> = new Map();
  let sources: ReadonlySet<string> = new Set();
  let asked = 0;
  let waiting: NodeJS.Timeout | undefined;

  const about = (it: vscode.Uri): readonly DifferenceView[] => byKey.get(it.toString()) ?? [];
  const look = async (): Promise<void> => {
    const number = ++asked;
    const found =
      read === undefined
        ? { differences: [], sources: [] }
        : await server.ask("iamPolicy/drift", { accounts: await accountFiles() });
    // The files have changed once more, or the account was read again.
    if (number !== asked) return;
    sources = new Set(found.sources.map((it) => vscode.Uri.parse(it).toString()));
    byKey = grouped(found.differences);
    const files = new Set(found.differences.map(({ file }) => vscode.Uri.parse(file).fsPath));
    await vscode.commands.executeCommand("setContext", MARKED, [...files]);
    marks.fire(undefined);
    changed.fire();
  };
  const lookSoon = (uri: vscode.Uri): void => {
    if (read === undefined || !(sources.has(uri.toString()) || uri.path.endsWith(`/${ACCOUNT_FILE}`))) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => void look().catch(() => undefined), QUIET);
  };

  const open = async ({ document, account, subject, words }: DifferenceView): Promise<void> => {
    if (document === undefined) {
      // There is no text to compare: the plan for this part alone tells what would be done.
      const only = [subject];
      await vscode.commands.executeCommand("iamPolicy.plan", { account: vscode.Uri.parse(account), only });
      return;
    }
    try {
      const { live, here } = await server.ask("iamPolicy/driftedDocument", { account, id: document });
      const from = texts.document(`Account/${document}.json`, live ?? "");
      const to =
        here !== null && "uri" in here
          ? vscode.Uri.parse(here.uri)
          : texts.document(`File/${document}.json`, here?.text ?? "");
      await vscode.commands.executeCommand("vscode.diff", from, to, `${document}: account ↔ file`);
    } catch (error) {
      void vscode.window.showErrorMessage(`${words} ${wordsOf(error)}`);
    }
  };
  const compare: Drift["compare"] = async (given) => {
    const uri =
      given === undefined
        ? vscode.window.activeTextEditor?.document.uri
        : given instanceof vscode.Uri
          ? given
          : nodeUri(given.id);
    if (uri === undefined) {
      void vscode.window.showInformationMessage("Open a file to compare it with the account.");
      return;
    }
    const found = about(uri);
    const [only, ...others] = found;
    if (only === undefined) {
      void vscode.window.showInformationMessage(
        read === undefined
          ? "Read the account first: files are compared with what was read."
          : `This is as in ${read.from} at ${read.when.toLocaleTimeString()}.`,
      );
      return;
    }
    const items = found.map((it) => ({
      label: it.words,
      iconPath: new vscode.ThemeIcon(it.document === undefined ? "list-ordered" : "diff"),
      difference: it,
    }));
    const picked =
      others.length === 0
        ? only
        : (await vscode.window.showQuickPick(items, { title: "What differs" }))?.difference;
    if (picked !== undefined) await open(picked);
  };

  const watcher = vscode.workspace.createFileSystemWatcher("**/*.{json,jsonc,md}");
  const disposables = [
    changed,
    marks,
    watcher,
    watcher.onDidChange(lookSoon),
    watcher.onDidCreate(lookSoon),
    watcher.onDidDelete(lookSoon),
    new vscode.Disposable(() => clearTimeout(waiting)),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: marks.event,
      provideFileDecoration: (uri) => {
        const found = about(uri);
        if (found.length === 0 || read === undefined) return undefined;
        const words = found.slice(0, FEW).map((it) => it.words);
        const more = found.length > FEW ? [`… and ${found.length - FEW} more`] : [];
        const head = `Differs from ${read.from} as read at ${read.when.toLocaleTimeString()}:`;
        return {
          badge: "≠",
          propagate: uri.scheme === "file",
          color: new vscode.ThemeColor("list.warningForeground"),
          tooltip: [head, ...words, ...more].join("\n"),
        };
      },
    }),
  ];
  return {
    async follow(now) {
      read = now;
      await look();
    },
    compare,
    differs: (node) => byKey.has(nodeUri(node.id).toString()),
    said: (it) => about(it).map(({ words }) => words),
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

async function accountFiles(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(`**/${ACCOUNT_FILE}`, "**/node_modules/**", 200);
  return found.map(String);
}

function grouped(differences: readonly DifferenceView[]): ReadonlyMap<string, readonly DifferenceView[]> {
  const groups = new Map<string, DifferenceView[]>();
  for (const difference of differences) {
    const { file, nodes } = difference;
    for (const uri of [vscode.Uri.parse(file), ...nodes.map(nodeUri)]) {
      const key = uri.toString();
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [difference]);
      else group.push(difference);
    }
  }
  return groups;
}
