/**
 * The tree "AWS account": what is there and what hangs on what, in AWS or in a snapshot. It is read when the user asks
 * for it; a snapshot, which is a file, also when it changes.
 */
import * as vscode from "vscode";
import type { AccountNode } from "../../../server/src/lsp/change-protocol.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";

export interface AccountTree extends vscode.Disposable {
  /** Reads AWS anew. */
  refresh(): Promise<void>;
  /** Reads AWS anew if that is what is shown, after the user had it changed. */
  refreshAfterApply(target: string): Promise<void>;
  /** Shows a snapshot in AWS's place. */
  showSnapshot(file: vscode.Uri): Promise<void>;
  /** Forgets what was read. */
  clear(): void;
  /** What was read, and from where; `undefined` where nothing is shown. */
  readonly read: ReadState | undefined;
  readonly nodes: readonly AccountNode[];
  /** After the marks of nodes changed. */
  redraw(): void;
  readonly onDidRead: vscode.Event<void>;
}

export interface ReadState {
  /** Such as `AWS profile dev`. */
  readonly from: string;
  readonly when: Date;
}

const NODE = "iam-policy-node";

const ICONS: Readonly<Record<AccountNode["kind"], string>> = {
  section: "folder",
  policy: "shield",
  group: "organization",
  user: "person",
  role: "account",
  "instance-profile": "vm",
  bucket: "database",
  inline: "note",
  trust: "key",
  boundary: "symbol-ruler",
};

/** @param differs whether a file says something else than a node */
export function createAccountTree(
  server: LanguageServer,
  differs: (node: AccountNode) => boolean,
): AccountTree {
  const changed = new vscode.EventEmitter<void>();
  const wasRead = new vscode.EventEmitter<void>();
  let nodes: readonly AccountNode[] = [];
  let read: ReadState | undefined;
  let watcher: vscode.Disposable | undefined;
  const view = vscode.window.createTreeView<AccountNode>("iamPolicy.account", {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node?.children ?? nodes)],
      getTreeItem: (node) => itemOf(node, differs(node)),
    },
  });
  const load = async (title: string, snapshot?: string): Promise<void> => {
    const answer = await askLong(server, title, "iamPolicy/liveAccount", { ...(snapshot && { snapshot }) });
    if (answer === undefined) return;
    nodes = answer.nodes;
    read = { from: answer.from, when: new Date() };
    view.description = [answer.account, snapshot && answer.from].filter(Boolean).join(" · ");
    changed.fire();
    wasRead.fire();
  };
  const refresh = (): Promise<void> => {
    forgetFile();
    return load("Reading the AWS account…");
  };
  const forgetFile = (): void => {
    watcher?.dispose();
    watcher = undefined;
  };
  const clear = (): void => {
    forgetFile();
    nodes = [];
    read = undefined;
    view.description = "";
    changed.fire();
    wasRead.fire();
  };
  return {
    get nodes() {
      return nodes;
    },
    get read() {
      return read;
    },
    onDidRead: wasRead.event,
    refresh,
    async refreshAfterApply(target) {
      // A snapshot that was changed is noticed by itself.
      if (watcher === undefined && read?.from === target) await refresh();
    },
    async showSnapshot(file) {
      forgetFile();
      const again = (): Promise<void> => load("Reading the snapshot…", file.toString());
      const files = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(
          vscode.Uri.joinPath(file, ".."),
          file.path.slice(file.path.lastIndexOf("/") + 1),
        ),
      );
      watcher = vscode.Disposable.from(
        files,
        files.onDidChange(again),
        files.onDidCreate(again),
        files.onDidDelete(clear),
      );
      await again();
    },
    clear,
    redraw: () => changed.fire(),
    dispose: () =>
      vscode.Disposable.from(view, changed, wasRead, new vscode.Disposable(forgetFile)).dispose(),
  };
}

/** By which a node is marked. */
export function nodeUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme: NODE, path: `/${id}` });
}

function itemOf(node: AccountNode, differs: boolean): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const open = node.kind === "section" ? Expanded : Collapsed;
  const item = new vscode.TreeItem(node.label, node.children.length === 0 ? None : open);
  item.id = node.id;
  item.resourceUri = nodeUri(node.id);
  item.iconPath = new vscode.ThemeIcon(ICONS[node.kind]);
  item.contextValue = `${node.document === undefined ? node.kind : "document"}${differs ? " differs" : ""}`;
  if (node.detail !== undefined) item.description = node.detail;
  if (node.tooltip !== undefined) item.tooltip = node.tooltip;
  if (node.document !== undefined)
    item.command = { command: "iamPolicy.openLivePolicy", title: "Open Live Policy", arguments: [node] };
  return item;
}
