/** "Set Policy Kind": the user says what a policy hangs on where detection cannot know. */
import * as vscode from "vscode";
import type { KindChoice } from "../../../server/src/lsp/protocol.js";
import type { ChosenKinds, Kind } from "../chosen-kinds.js";
import type { LanguageMode } from "../language-mode.js";
import type { LanguageServer } from "../language-server.js";

interface Item extends vscode.QuickPickItem {
  /** `undefined` detects. */
  readonly choice: Kind | undefined;
}

/** `wish` is for keybindings and tests: a kind, or `"detect"`; without it, the user is asked. */
export async function setKind(
  server: LanguageServer,
  chosen: ChosenKinds,
  mode: LanguageMode,
  wish?: unknown,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage("Open a policy to set its kind.");
    return;
  }
  const uri = document.uri.toString();
  const items = itemsFor(await server.ask("iamPolicy/kinds", {}), chosen.all()[uri]);
  const picked =
    typeof wish === "string"
      ? items.find((it) => (it.choice ?? "detect") === wish)
      : await vscode.window.showQuickPick([...items], {
          title: "Set Policy Kind",
          placeHolder: "What does this policy hang on?",
          matchOnDetail: true,
        });
  if (picked === undefined) return;

  await chosen.choose(document.uri, picked.choice);
  await server.ask("iamPolicy/setKind", { uri, kind: picked.choice ?? null });
  if (picked.choice !== undefined) return;
  const detected = await server.ask("iamPolicy/kind", { uri });
  if (detected?.isPolicy === false) await mode.release(document);
}

function itemsFor(choices: readonly KindChoice[], current: Kind | undefined): readonly Item[] {
  const mark = (kind: Kind | undefined) => (kind === current ? { description: "current" } : {});
  return [
    {
      label: "Detect automatically",
      choice: undefined,
      detail: "From its content, the configuration and its file name.",
      ...mark(undefined),
    },
    ...choices.map(({ kind, title, detail }) => ({ label: title, detail, choice: kind, ...mark(kind) })),
  ];
}
