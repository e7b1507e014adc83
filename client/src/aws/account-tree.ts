/** The tree "AWS account": what is there and what hangs on what. It is read when the user asks for it. */
import * as vscode from "vscode";
import type { AccountNode } from "../../../server/src/lsp/change-protocol.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";

export interface AccountTree extends vscode.Disposable {
  /** Reads the account anew. */
  refresh(): Promise<void>;
  readonly nodes: readonly AccountNode[];
}

const ICONS: Readonly<Record<AccountNode["kind"], string>> = {
  section: "folder",
  policy: "shield",
  group: "organization",
  user: "person",
  role: "account",
  bucket: "database",
  inline: "note",
  trust: "key",
  boundary: "symbol-ruler",
};

export function createAccountTree(server: LanguageServer): AccountTree {
  const changed = new vscode.EventEmitter<void>();
  let nodes: readonly AccountNode[] = [];
  const view = vscode.window.createTreeView<AccountNode>("iamPolicy.account", {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node?.children ?? nodes)],
      getTreeItem: itemOf,
    },
  });
  return {
    get nodes() {
      return nodes;
    },
    async refresh() {
      const read = await askLong(server, "Reading the AWS account…", "iamPolicy/liveAccount", {});
      if (read === undefined) return;
      nodes = read.nodes;
      view.description = read.account;
      changed.fire();
    },
    dispose: () => vscode.Disposable.from(view, changed).dispose(),
  };
}

function itemOf(node: AccountNode): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const open = node.kind === "section" ? Expanded : Collapsed;
  const item = new vscode.TreeItem(node.label, node.children.length === 0 ? None : open);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(ICONS[node.kind]);
  item.contextValue = node.document === undefined ? node.kind : "document";
  if (node.detail !== undefined) item.description = node.detail;
  if (node.tooltip !== undefined) item.tooltip = node.tooltip;
  if (node.document !== undefined)
    item.command = { command: "iamPolicy.openLivePolicy", title: "Open Live Policy", arguments: [node] };
  return item;
}
