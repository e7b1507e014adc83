/** The kinds that the user has set by hand, remembered in the workspace by file. */
import * as vscode from "vscode";
import type { InitializationOptions } from "../../server/src/lsp/protocol.js";

const KEY = "iamPolicy.kinds";

export type Kinds = NonNullable<InitializationOptions["kinds"]>;
export type Kind = Kinds[string];

export interface ChosenKinds extends vscode.Disposable {
  all(): Kinds;
  /** `undefined` forgets. */
  choose(uri: vscode.Uri, kind: Kind | undefined): Promise<void>;
}

export function createChosenKinds(memory: vscode.Memento): ChosenKinds {
  const all = (): Kinds => memory.get<Kinds>(KEY, {});
  const choose = async (uri: vscode.Uri, kind: Kind | undefined): Promise<void> => {
    const { [uri.toString()]: _, ...others } = all();
    await memory.update(KEY, kind === undefined ? others : { ...others, [uri.toString()]: kind });
  };
  const renaming = vscode.workspace.onDidRenameFiles(async ({ files }) => {
    for (const { oldUri, newUri } of files) {
      const kind = all()[oldUri.toString()];
      if (kind === undefined) continue;
      await choose(oldUri, undefined);
      await choose(newUri, kind);
    }
  });
  return { all, choose, dispose: () => renaming.dispose() };
}
