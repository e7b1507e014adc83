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

export function createShownTexts(): ShownTexts {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const document = (name: string, text: string, state = ""): vscode.Uri => {
    const uri = vscode.Uri.from({ scheme: SHOWN, path: `/${name}`, query: state });
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
      const uri = document(`${name}.md`, text);
      if (beside && isPreviewed(name)) return;
      try {
        await vscode.commands.executeCommand(`markdown.showPreview${beside ? "ToSide" : ""}`, uri);
      } catch {
        // Without VS Code's own Markdown extension the text itself is shown.
        const { Active, Beside } = vscode.ViewColumn;
        await vscode.window.showTextDocument(uri, {
          viewColumn: beside ? Beside : Active,
          preserveFocus: beside,
        });
      }
    },
    document,
    text: (uri) => texts.get(uri.toString()),
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

/** Does a visible preview show it already? It follows the text by itself. */
function isPreviewed(name: string): boolean {
  return vscode.window.tabGroups.all.some(({ activeTab }) => {
    const { input, label } = activeTab ?? {};
    return (
      input instanceof vscode.TabInputWebview &&
      input.viewType.endsWith("markdown.preview") &&
      label?.includes(name)
    );
  });
}
