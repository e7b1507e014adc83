/**
 * Gives policies the language "IAM Policy" in place of JSON, so that VS Code's own JSON validation does not report each
 * syntax mistake a second time. It never fights the user: who switches back by hand keeps JSON for that file.
 */
import * as vscode from "vscode";
import type { DocumentKinds } from "./document-kinds.js";

const OURS = "iam-policy";
const PLAIN = "json";
const KEY = "iamPolicy.keptAsJson";

export interface LanguageMode extends vscode.Disposable {
  /** Back to JSON, where it was us who switched. */
  release(document: vscode.TextDocument): Promise<void>;
}

export function createLanguageMode(kinds: DocumentKinds, memory: vscode.Memento): LanguageMode {
  const switched = new WeakSet<vscode.TextDocument>();
  const kept = (): readonly string[] => memory.get<readonly string[]>(KEY, []);
  const keep = (uri: string, isKept: boolean): Thenable<void> => {
    const others = kept().filter((it) => it !== uri);
    return memory.update(KEY, isKept ? [...others, uri] : others);
  };

  const consider = async (document: vscode.TextDocument): Promise<void> => {
    if (document.languageId !== PLAIN || kinds.of(document)?.isPolicy !== true || !switches()) return;
    if (switched.has(document) || kept().includes(document.uri.toString())) return;
    switched.add(document);
    await vscode.languages.setTextDocumentLanguage(document, OURS);
  };
  const considerAll = (): void => {
    for (const document of vscode.workspace.textDocuments) void consider(document);
  };

  const disposables = [
    kinds.onDidChange(considerAll),
    vscode.workspace.onDidOpenTextDocument((document) => {
      const uri = document.uri.toString();
      // The same document again, and no longer in our language: the user has switched it back.
      if (document.languageId === PLAIN && switched.has(document)) void keep(uri, true);
      if (document.languageId === OURS) {
        switched.add(document);
        if (kept().includes(uri)) void keep(uri, false);
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("iamPolicy.languageMode")) considerAll();
    }),
  ];
  return {
    async release(document) {
      if (document.languageId !== OURS || !switched.delete(document)) return;
      await vscode.languages.setTextDocumentLanguage(document, PLAIN);
    },
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

function switches(): boolean {
  return vscode.workspace.getConfiguration("iamPolicy").get("languageMode") !== "keep";
}

/** Languages in which VS Code reports syntax mistakes by itself. */
export function validatedLanguages(): readonly string[] {
  const validates = vscode.workspace.getConfiguration("json").get("validate.enable") !== false;
  return validates ? ["json", "jsonc"] : [];
}
