/** A policy of the AWS account to compare with: the account is read anew, and the user chooses which policy. */
import * as vscode from "vscode";
import type { AccountNode } from "../../../server/src/lsp/change-protocol.js";
import { type LiveId, type ReadLivePolicy, TITLE } from "../checks/ask-check.js";
import type { LanguageServer } from "../language-server.js";
import { wordsOf } from "../long-request.js";
import type { AccountTree } from "./account-tree.js";

/** @param connected whether AWS answers; the user has been told otherwise */
export function createReadLivePolicy(
  server: LanguageServer,
  tree: AccountTree,
  connected: () => Promise<boolean>,
): ReadLivePolicy {
  return async (near, wanted) => {
    if (!(await connected())) return undefined;
    const before = tree.read;
    await tree.refresh();
    // Whoever cancelled, or was told why it cannot be read, wants nothing else.
    if (tree.read === before) return undefined;
    const id = wanted ?? (await pick(near, tree.nodes));
    if (id === undefined) return undefined;
    try {
      const { text } = await server.ask("iamPolicy/liveDocument", { id: id.live });
      return { live: id.live, text };
    } catch (error) {
      void vscode.window.showErrorMessage(wordsOf(error));
      return undefined;
    }
  };
}

/** The policy that is called like the file goes first. */
async function pick(near: vscode.Uri, nodes: readonly AccountNode[]): Promise<LiveId | undefined> {
  const name = near.path.slice(near.path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const ids = [...new Set(nodes.flatMap(documentsOf))];
  const isOwn = (id: string): boolean => id.endsWith(`/${name}`);
  const items = ids.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a))).map((label) => ({ label }));
  const placeHolder = "Which policy of the AWS account is to be compared with?";
  const picked = await vscode.window.showQuickPick(items, { title: TITLE, placeHolder });
  return picked && { live: picked.label };
}

function documentsOf({ document, children }: AccountNode): readonly string[] {
  return [...(document === undefined ? [] : [document]), ...children.flatMap(documentsOf)];
}
