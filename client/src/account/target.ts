/** Where a plan goes: a snapshot file beside the account file, or AWS where the workspace is trusted. */
import * as vscode from "vscode";
import type { TargetName } from "../../../server/src/lsp/change-protocol.js";

/** The snapshot that is taken unless the user names another; also the command line's. */
const SNAPSHOT = "iam-account.snapshot.json";

export async function pickSnapshot(): Promise<vscode.Uri | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ filters: { JSON: ["json"] } })) ?? [];
  return file;
}

export async function pickTarget(): Promise<TargetName | undefined> {
  const items = [
    {
      label: `$(file) ${SNAPSHOT}`,
      description: "a local snapshot",
      detail: "Beside the account file; begins empty where it is not there. Nothing leaves this machine.",
      pick: async () => `snapshot:${SNAPSHOT}`,
    },
    {
      label: "$(folder-opened) Another snapshot…",
      detail: "The output of aws iam get-account-authorization-details, or one that was downloaded.",
      pick: async () => {
        const file = await pickSnapshot();
        return file && `snapshot:${file.fsPath}`;
      },
    },
    ...(vscode.workspace.isTrusted
      ? [
          {
            label: "$(cloud) AWS",
            detail: "Reads the account now; nothing is written before you confirm the plan.",
            pick: async () => "aws",
          },
        ]
      : []),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: "Plan against what?" });
  return await picked?.pick();
}
