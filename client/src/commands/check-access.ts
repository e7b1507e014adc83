/** "Check Access…": whether a policy gives access that it should not, offline, with the statements that do marked. */
import * as vscode from "vscode";
import type { CheckAccessAnswer, GivingStatement } from "../../../server/src/lsp/protocol.js";
import { askCheck, type CheckWish, type ReadLivePolicy } from "../checks/ask-check.js";
import type { LanguageServer } from "../language-server.js";
import { askAnswer } from "../long-request.js";
import { rangeOf } from "../ranges.js";
import type { Decorations } from "../simulate/decorations.js";
import type { Explanations } from "../simulate/explanation.js";

export async function checkAccess(
  server: LanguageServer,
  readLive: ReadLivePolicy | undefined,
  explanations: Explanations,
  decorations: Decorations,
  wish?: unknown,
): Promise<CheckAccessAnswer | undefined> {
  const params = await askCheck(server, readLive, wishFrom(wish));
  const answer = params && (await askAnswer(server, "Checking access", "iamPolicy/checkAccess", params));
  if (answer !== undefined) await showCheck(answer, explanations, decorations);
  return answer;
}

/** The document beside the policy, and its statements marked. */
export async function showCheck(
  answer: Pick<CheckAccessAnswer, "document" | "statements" | "headline">,
  explanations: Explanations,
  decorations: Decorations,
): Promise<void> {
  reveal(answer.statements);
  decorations.showGiving(answer.statements);
  await explanations.show("Access Check", answer.document);
  vscode.window.setStatusBarMessage(answer.headline, 10_000);
}

function reveal([first]: readonly GivingStatement[]): void {
  const place = first?.place;
  if (place === undefined) return;
  const uri = vscode.Uri.parse(place.uri).toString();
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  editor?.revealRange(rangeOf(place.range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Arguments come from outside: only what has the shape of a wish counts. The editor's menus give a URI. */
export function wishFrom(wish: unknown): CheckWish {
  if (wish instanceof vscode.Uri) return { uri: wish.toString() };
  return typeof wish === "object" && wish !== null ? (wish as CheckWish) : {};
}
