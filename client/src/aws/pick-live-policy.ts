/** The policies of the AWS account to choose one from, and their texts. The account is read when somebody asks for it. */
import * as vscode from "vscode";
import type { AccountNode } from "../../../server/src/lsp/change-protocol.js";
import type { LiveId, LivePolicies } from "../checks/ask-check.js";
import type { LanguageServer } from "../language-server.js";
import { wordsOf } from "../long-request.js";
import type { AccountTree } from "./account-tree.js";

/** @param connected whether AWS answers; the user has been told otherwise */
export function createLivePolicies(
  server: LanguageServer,
  tree: AccountTree,
  connected: () => Promise<boolean>,
): LivePolicies {
  const read = async (): Promise<boolean> => {
    if (!(await connected())) return false;
    await tree.refresh();
    return tree.nodes.length > 0;
  };
  return {
    async pick(near) {
      if (!(await read())) return undefined;
      const name = near.path.slice(near.path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
      const ids = [...new Set(tree.nodes.flatMap(documentsOf))];
      const items = ids
        .map((live) => ({ label: live, live, own: live.endsWith(`/${name}`) }))
        .sort((a, b) => Number(b.own) - Number(a.own));
      const placeHolder = "Which policy of the AWS account is to be compared with?";
      const picked = await vscode.window.showQuickPick(items, { title: "Check Access", placeHolder });
      return picked && { live: picked.live };
    },
    async text({ live }: LiveId) {
      try {
        if (tree.nodes.length === 0 && !(await read())) return undefined;
        return (await server.ask("iamPolicy/liveDocument", { id: live })).text;
      } catch (error) {
        void vscode.window.showErrorMessage(wordsOf(error));
        return undefined;
      }
    },
  };
}

function documentsOf({ document, children }: AccountNode): readonly string[] {
  return [...(document === undefined ? [] : [document]), ...children.flatMap(documentsOf)];
}
