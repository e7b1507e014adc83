/** "Simulate…", "Simulate Again" and "Show Explanation": a question, its answer on the statements that decide, and why. */
import * as vscode from "vscode";
import type { SimulateParams, Simulation } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";
import { rangeOf } from "../ranges.js";
import { askQuestion } from "../simulate/ask-question.js";
import type { Decorations } from "../simulate/decorations.js";
import type { Explanations } from "../simulate/explanation.js";
import type { History } from "../simulate/history.js";

export interface Simulator {
  /** `start` comes from a lens, a cell of the matrix, a keybinding or a test; what it lacks is asked for. */
  simulate(start?: unknown): Promise<Simulation | undefined>;
  /** `which` is for keybindings and tests: the position in the history; without it, the user chooses. */
  simulateAgain(which?: unknown): Promise<Simulation | undefined>;
  showExplanation(): Promise<void>;
}

export function createSimulator(
  server: LanguageServer,
  decorations: Decorations,
  explanations: Explanations,
  history: History,
): Simulator {
  let last: Simulation | undefined;

  const answer = async (question: SimulateParams): Promise<Simulation | undefined> => {
    const answered = await server.ask("iamPolicy/simulate", question);
    if (!answered.ok) {
      void vscode.window.showWarningMessage(answered.message);
      return undefined;
    }
    last = answered;
    await history.add(answered);
    await reveal(answered);
    decorations.show(answered);
    await explanations.show("Simulation", answered.explanation);
    vscode.window.setStatusBarMessage(answered.headline, 10_000);
    return answered;
  };

  return {
    async simulate(start) {
      const given = questionFrom(start);
      const uri = given.uri ?? (given.account === undefined ? activePolicy() : undefined);
      const asked = { ...given, ...(uri !== undefined && { uri }) };
      const complete = given.action !== undefined && (given.as !== undefined || given.uri !== undefined);
      const question = complete ? asked : await askQuestion(server, asked);
      return question && (await answer(question));
    },
    async simulateAgain(which) {
      const all = history.all();
      if (all.length === 0) {
        void vscode.window.showInformationMessage("Nothing has been simulated in this workspace yet.");
        return undefined;
      }
      const items = all.map(({ question, headline }) => ({
        label: headline,
        ...(question.context && {
          description: Object.entries(question.context)
            .map(([key, value]) => `${key}=${String(value)}`)
            .join(" "),
        }),
        question,
      }));
      const picked =
        typeof which === "number"
          ? items[which]
          : await vscode.window.showQuickPick(items, {
              title: "Simulate Again",
              placeHolder: "As it was answered then; it is asked anew.",
              matchOnDescription: true,
            });
      return picked && (await answer(picked.question));
    },
    async showExplanation() {
      if (last !== undefined) await explanations.show("Simulation", last.explanation);
      else
        void vscode.window.showInformationMessage("Simulate a request first: its explanation is shown then.");
    },
  };
}

/** Brings the first statement that decides into view, rather in a document that is open than in another. */
async function reveal({ reasons }: Simulation): Promise<void> {
  const places = reasons.flatMap(({ deciding, place }) => (deciding && place !== undefined ? [place] : []));
  const visible = new Map(vscode.window.visibleTextEditors.map((it) => [it.document.uri.toString(), it]));
  const place = places.find(({ uri }) => visible.has(vscode.Uri.parse(uri).toString())) ?? places[0];
  if (place === undefined) return;
  const uri = vscode.Uri.parse(place.uri);
  const range = rangeOf(place.range);
  const editor =
    visible.get(uri.toString()) ??
    (await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preview: true }));
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Arguments come from outside: only what has the shape of a question counts. The editor's title gives a URI. */
function questionFrom(start: unknown): SimulateParams {
  if (start instanceof vscode.Uri) return { uri: start.toString() };
  return typeof start === "object" && start !== null ? (start as SimulateParams) : {};
}

function activePolicy(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document === undefined || !["iam-policy", "json", "jsonc"].includes(document.languageId)
    ? undefined
    : document.uri.toString();
}
