/** What a document is compared with: what was committed or saved, or another file. It compares nothing itself. */
import * as vscode from "vscode";
import type { OtherState } from "../../server/src/lsp/protocol.js";
import { committedTexts, NoCommittedTexts } from "./git-texts.js";
import type { LanguageServer } from "./language-server.js";

export type Against = "head" | "saved" | "file";

/** @param title of the command that asks */
export async function pickAgainst<More extends string = never>(
  title: string,
  more: readonly (vscode.QuickPickItem & { readonly against: More })[] = [],
): Promise<Against | More | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly against: Against | More })[] = [
    { label: "The committed version", description: "git HEAD", against: "head" },
    { label: "The saved version", description: "what is on disk", against: "saved" },
    { label: "Another file…", against: "file" },
    ...more,
  ];
  const placeHolder = "What is to be compared with?";
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.against;
}

export async function pickFile(title: string): Promise<{ readonly uri: string } | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: "Compare",
      filters: { "Policies and accounts": ["json", "jsonc"], "All files": ["*"] },
    })) ?? [];
  return file && { uri: file.toString() };
}

export interface NamedState {
  readonly against: OtherState;
  readonly title: string;
}

/** @returns `undefined` where there is none, which the user has been told */
export async function otherState(
  server: LanguageServer,
  uri: string,
  against: Exclude<Against, "file">,
): Promise<NamedState | undefined> {
  if (against === "saved") return { against, title: "the saved version" };
  try {
    const texts = await committedTexts(vscode.Uri.parse(uri), "HEAD", (known) =>
      server.ask("iamPolicy/sources", { uri, texts: known }),
    );
    return { against: { texts }, title: "the committed version (HEAD)" };
  } catch (error) {
    if (!(error instanceof NoCommittedTexts)) throw error;
    void vscode.window.showWarningMessage(error.message);
    return undefined;
  }
}
