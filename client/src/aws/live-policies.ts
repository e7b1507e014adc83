/** Policies as AWS holds them: read-only documents, and the differences between versions and to the local file. */
import * as vscode from "vscode";
import type { AccountNode, LiveDocument } from "../../../server/src/lsp/change-protocol.js";
import type { LanguageServer } from "../language-server.js";
import { wordsOf } from "../long-request.js";
import type { ShownTexts } from "../shown-texts.js";

export async function openLivePolicy(
  server: LanguageServer,
  texts: ShownTexts,
  node: AccountNode,
): Promise<vscode.TextEditor | undefined> {
  const live = await liveDocument(server, node);
  if (live === undefined) return undefined;
  const document = await vscode.workspace.openTextDocument(texts.document(nameOf(node, live), live.text));
  return await vscode.window.showTextDocument(document, { preview: true });
}

/** Shows the version in force beside an older one that the user picks. */
export async function compareLiveVersions(
  server: LanguageServer,
  texts: ShownTexts,
  node: AccountNode,
  version?: string,
): Promise<void> {
  const live = await liveDocument(server, node);
  if (live === undefined) return;
  const others = live.versions.filter((it) => it !== live.version);
  if (others.length === 0) {
    void vscode.window.showInformationMessage(`${node.label} has no other version.`);
    return;
  }
  const title = `Compare ${live.version} with which version?`;
  const chosen = version ?? (await vscode.window.showQuickPick(others, { title }));
  const other = chosen === undefined ? undefined : await liveDocument(server, node, chosen);
  if (other === undefined) return;
  const [before, after] = [other, live].map((it) => texts.document(nameOf(node, it), it.text));
  await vscode.commands.executeCommand(
    "vscode.diff",
    before,
    after,
    `${node.label}: ${chosen} ↔ ${live.version}`,
  );
}

async function liveDocument(
  server: LanguageServer,
  { document: id }: AccountNode,
  version?: string,
): Promise<LiveDocument | undefined> {
  if (id === undefined) return undefined;
  try {
    return await server.ask("iamPolicy/liveDocument", { id, ...(version && { version }) });
  } catch (error) {
    void vscode.window.showErrorMessage(wordsOf(error));
    return undefined;
  }
}

function nameOf({ document }: AccountNode, { version }: LiveDocument): string {
  return `AWS/${document}${version === null ? "" : ` ${version}`}.json`;
}
