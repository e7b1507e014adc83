/** "Compare Access…": which access a change gives and takes, against what was committed or saved, or another file. */
import * as vscode from "vscode";
import type { DiffAnswer, DiffParams } from "../../../server/src/lsp/protocol.js";
import { type Against, otherState, pickAgainst, pickFile } from "../compared-with.js";
import type { LanguageServer } from "../language-server.js";
import { askAnswer } from "../long-request.js";
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
  const params = await paramsFor(server, uri, against);
  const answer = params && (await askAnswer(server, "Comparing access", "iamPolicy/diff", params));
  if (answer !== undefined) await explanations.show("Access", answer.document);
  return answer;
}

async function paramsFor(
  server: LanguageServer,
  uri: string,
  against: NonNullable<Exclude<Wish["against"], "file">>,
): Promise<DiffParams | undefined> {
  const state = typeof against === "object" ? { against } : await otherState(server, uri, against);
  return state && { uri, ...state };
}

function wishFrom(wish: unknown): Wish {
  if (wish instanceof vscode.Uri) return { uri: wish.toString() };
  return typeof wish === "object" && wish !== null ? (wish as Wish) : {};
}
