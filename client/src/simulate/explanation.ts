/** The explanation of the last simulation: a read-only document, shown as Markdown beside the policy. */
import * as vscode from "vscode";

const SCHEME = "iam-policy-explanation";

/** VS Code's preview follows no links to files of other schemes than the document's: the file and line stay as text. */
const FILE_LINK = /\[([^\]]+)\]\(file:[^)]*\)/g;

export interface Explanations extends vscode.Disposable {
  /** What the document says now. */
  text(): string;
  /** Shows a text as Markdown beside the active editor, which keeps the focus. */
  show(name: string, text: string): Promise<void>;
}

export function createExplanations(): Explanations {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const texts = new Map<string, string>();
  let last = "";
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? "",
  });
  return {
    text: () => last,
    async show(name, text) {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
      last = text.replace(FILE_LINK, "`$1`");
      texts.set(uri.path, last);
      changed.fire(uri);
      if (isPreviewed(name)) return;
      try {
        await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
      } catch {
        // Without VS Code's own Markdown extension the text itself is shown.
        await vscode.window.showTextDocument(uri, {
          viewColumn: vscode.ViewColumn.Beside,
          preserveFocus: true,
        });
      }
    },
    dispose: () => vscode.Disposable.from(provider, changed).dispose(),
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
