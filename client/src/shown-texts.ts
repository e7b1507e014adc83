/**
 * Read-only documents that the extension writes: explanations, plans, reports, live policies. They live in memory under one scheme
 * and are shown as Markdown previews or in editors.
 */
import * as vscode from "vscode";

export const SHOWN = "iam-policy-text";

export interface ShownTexts extends vscode.Disposable {
  /**
   * Shows a Markdown text rendered; one of the same name is replaced.
   * @param options `beside`: next to the active editor, which keeps the focus
   */
  showMarkdown(name: string, text: string, options?: { readonly beside: boolean }): Promise<void>;
  /**
   * A document to open or to compare with; the name's extension chooses the language.
   * @param state tells documents of the same name apart, such as one from before
   */
  document(name: string, text: string, state?: string): vscode.Uri;
  /** The text that is shown under a name. */
  text(uri: vscode.Uri): string | undefined;
}

function uriOf(name: string, state = ""): vscode.Uri {
  return vscode.Uri.from({ scheme: SHOWN, path: `/${name}`, query: state });
}

export function createShownTexts(): ShownTexts {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const document = (name: string, text: string, state = ""): vscode.Uri => {
    const uri = uriOf(name, state);
    const key = uri.toString();
    const known = texts.get(key);
    texts.set(key, text);
    if (known !== undefined && known !== text) changed.fire(uri);
    return uri;
  };
  const disposables = [
    changed,
    // Kept while the extension runs: a preview reads its document whenever it comes to the front.
    vscode.workspace.registerTextDocumentContentProvider(SHOWN, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()),
    }),
  ];
  return {
    async showMarkdown(name, text, { beside } = { beside: false }) {
      const file = `${name}.md`;
      const { Active, Beside } = vscode.ViewColumn;
      const shown = previewOf(uriOf(file));
      // A document that nobody looks into is closed after a while, and its preview would not hear of the new text.
      if (shown !== undefined) await vscode.workspace.openTextDocument(uriOf(file));
      const uri = document(file, text);
      if (beside && shown?.isActive === true) return;
      const viewColumn = shown?.group.viewColumn ?? (beside ? Beside : Active);
      await vscode.commands.executeCommand("vscode.openWith", uri, PREVIEW, {
        viewColumn,
        preserveFocus: beside,
      } satisfies vscode.TextDocumentShowOptions);
    },
    document,
    text: (uri) => texts.get(uri.toString()),
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

/** VS Code's own preview of Markdown, which opens beside without taking the focus. */
const PREVIEW = "vscode.markdown.preview.editor";

function previewOf(uri: vscode.Uri): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(
    ({ input }) =>
      input instanceof vscode.TabInputCustom &&
      input.viewType === PREVIEW &&
      input.uri.toString() === uri.toString(),
  );
}
