/** "Compare Access…": which access a change gives and takes, against what was committed or saved, or another file. */
import * as vscode from "vscode";
import type { DiffAnswer, DiffParams } from "../../../server/src/lsp/protocol.js";
import { type Against, otherState, pickAgainst, pickFile } from "../compared-with.js";
import { NoCommittedTexts } from "../git-texts.js";
import type { LanguageServer } from "../language-server.js";
import type { Explanations } from "../simulate/explanation.js";

const TITLE = "Compare Access";

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
  const chosen = given.against ?? (await pickAgainst<never>(TITLE));
  const against = chosen === "file" ? await pickFile(TITLE) : chosen;
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

async function paramsFor(
  server: LanguageServer,
  uri: string,
  against: NonNullable<Exclude<Wish["against"], "file">>,
): Promise<DiffParams> {
  if (typeof against === "object") return { uri, against };
  return { uri, ...(await otherState(server, uri, against)) };
}

function wishFrom(wish: unknown): Wish {
  if (wish instanceof vscode.Uri) return { uri: wish.toString() };
  return typeof wish === "object" && wish !== null ? (wish as Wish) : {};
}
