/** The status bar item: which kind of policy the active editor shows, and whether the server is there to say so. */
import * as vscode from "vscode";
import type { KindChoice } from "../../server/src/lsp/protocol.js";
import type { DocumentKinds } from "./document-kinds.js";
import { LANGUAGES, type LanguageServer } from "./language-server.js";

export interface StatusBar extends vscode.Disposable {
  /** What is shown; `undefined` where nothing is. */
  text(): string | undefined;
  refresh(): void;
}

export function createStatusBar(
  server: LanguageServer,
  kinds: DocumentKinds,
  choices: () => readonly KindChoice[],
): StatusBar {
  const item = vscode.window.createStatusBarItem("iamPolicy.status", vscode.StatusBarAlignment.Right, 100);
  item.name = "IAM Policy";
  let shown = false;

  const refresh = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const view = document && viewOf(document, server, kinds, choices());
    shown = view !== undefined;
    if (view === undefined) {
      item.hide();
      return;
    }
    item.text = view.text;
    item.tooltip = view.tooltip;
    item.command = view.command;
    item.backgroundColor = view.failed ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    item.show();
  };
  const disposables = [
    item,
    vscode.window.onDidChangeActiveTextEditor(refresh),
    server.onDidChangeState(refresh),
    kinds.onDidChange(refresh),
  ];
  refresh();
  return {
    text: () => (shown ? item.text : undefined),
    refresh,
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

interface View {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string;
  readonly failed?: boolean;
}

function viewOf(
  document: vscode.TextDocument,
  server: LanguageServer,
  kinds: DocumentKinds,
  choices: readonly KindChoice[],
): View | undefined {
  const kind = kinds.of(document);
  const ours = document.languageId === "iam-policy" || kind?.isPolicy === true;
  if (!ours || !LANGUAGES.some((it) => it === document.languageId)) return undefined;
  if (server.state === "starting")
    return {
      text: "$(sync~spin) IAM Policy",
      tooltip: "The language server is starting.",
      command: "iamPolicy.showOutput",
    };
  if (server.state === "stopped")
    return {
      text: "$(error) IAM Policy",
      tooltip: "The language server is not running. Click to restart it.",
      command: "iamPolicy.restartServer",
      failed: true,
    };
  if (kind?.isPolicy !== true)
    return {
      text: "$(shield) IAM Policy",
      tooltip: "Not recognised as a policy. Click to set its kind.",
      command: "iamPolicy.setKind",
    };
  const title = choices.find((it) => it.kind === kind.kind)?.title ?? kind.kind;
  const hangsOn = kind.resourceType === undefined ? "" : `\nIt hangs on ${kind.resourceType}.`;
  return {
    text: `$(shield) ${title}`,
    tooltip: `${title}\n${kind.evidence}${hangsOn}\nClick to set another kind.`,
    command: "iamPolicy.setKind",
  };
}
