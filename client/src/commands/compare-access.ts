/** "Compare Access…": which access a change gives and takes, against what was committed or saved, or another file. */
import * as vscode from "vscode";
import type { DiffAnswer, DiffParams } from "../../../server/src/lsp/protocol.js";
import { committedTexts, NoCommittedTexts } from "../git-texts.js";
import type { LanguageServer } from "../language-server.js";
import type { Explanations } from "../simulate/explanation.js";

type Against = "head" | "saved" | "file";

/** For keybindings and tests; without it, the user is asked. */
interface Wish {
  readonly uri?: string;
  readonly against?: Against | { readonly uri: string };
}

export async function compareAccess(
  server: LanguageServer,
  explanations: Explanations,
  wish?: unknown,
): Promise<DiffAnswer | undefined> {
  const given = wishFrom(wish);
  const uri = given.uri ?? vscode.window.activeTextEditor?.document.uri.toString();
  if (uri === undefined) {
    void vscode.window.showInformationMessage("Open a policy or an account to compare it.");
    return undefined;
  }
  const against = await chosen(given.against ?? (await ask()));
  if (against === undefined) return undefined;
  try {
    const params = await paramsFor(server, uri, against);
    const answer = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: "Comparing access", cancellable: true },
      (_, token) => server.ask("iamPolicy/diff", params, { token }),
    );
    if (!answer.ok) {
      void vscode.window.showWarningMessage(answer.message);
      return undefined;
    }
    await explanations.show("Access", answer.document);
    return answer;
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    if (!(error instanceof NoCommittedTexts)) throw error;
    void vscode.window.showWarningMessage(error.message);
    return undefined;
  }
}

async function ask(): Promise<Against | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly against: Against })[] = [
    { label: "The committed version", description: "git HEAD", against: "head" },
    { label: "The saved version", description: "what is on disk", against: "saved" },
    { label: "Another file…", against: "file" },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: "Compare Access",
    placeHolder: "What is to be compared with?",
  });
  return picked?.against;
}

async function chosen(against: Wish["against"]): Promise<Exclude<Wish["against"], "file">> {
  if (against !== "file") return against;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: "Compare Access",
      openLabel: "Compare",
      filters: { "Policies and accounts": ["json", "jsonc"] },
    })) ?? [];
  return file && { uri: file.toString() };
}

async function paramsFor(
  server: LanguageServer,
  uri: string,
  against: NonNullable<Exclude<Wish["against"], "file">>,
): Promise<DiffParams> {
  if (typeof against === "object") return { uri, against };
  if (against === "saved") return { uri, against, title: "the saved version" };
  const texts = await committedTexts(vscode.Uri.parse(uri), "HEAD", (known) =>
    server.ask("iamPolicy/sources", { uri, texts: known }),
  );
  return { uri, against: { texts }, title: "the committed version (HEAD)" };
}

function wishFrom(wish: unknown): Wish {
  if (wish instanceof vscode.Uri) return { uri: wish.toString() };
  return typeof wish === "object" && wish !== null ? (wish as Wish) : {};
}
