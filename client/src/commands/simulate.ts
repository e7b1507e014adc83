/**
 * "Simulate…", "Simulate with AWS…", "Simulate Again" and "Show Explanation": a question, its answer on the statements
 * that decide, and why. Who gives the answer makes no difference to how it is shown.
 */
import * as vscode from "vscode";
import type { SimulateParams, Simulation } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";
import { locationOf } from "../ranges.js";
import { askQuestion } from "../simulate/ask-question.js";
import type { Decorations } from "../simulate/decorations.js";
import type { Explanations } from "../simulate/explanation.js";
import type { History } from "../simulate/history.js";

export interface Simulator {
  /** `start` comes from a lens, a cell of the matrix, a keybinding or a test; what it lacks is asked for. */
  simulate(start?: unknown): Promise<Simulation | undefined>;
  /** Answers a whole question and explains it, where whoever asks shows the statements in their own way. */
  explain(question: SimulateParams): Promise<Simulation | undefined>;
  /** The same, answered by AWS. */
  simulateWithAws(start?: unknown): Promise<Simulation | undefined>;
  /** Puts the last question to AWS. */
  askAwsTheSame(): Promise<Simulation | undefined>;
  /** `which` is for keybindings and tests: the position in the history; without it, the user chooses. */
  simulateAgain(which?: unknown): Promise<Simulation | undefined>;
  showExplanation(): Promise<void>;
}

/** @param connected whether AWS answers; the user has been told otherwise */
export function createSimulator(
  server: LanguageServer,
  decorations: Decorations,
  explanations: Explanations,
  history: History,
  connected: () => Promise<boolean>,
): Simulator {
  let last: Simulation | undefined;

  const askHere = async (question: SimulateParams): Promise<Simulation | undefined> => {
    const answered = await server.ask("iamPolicy/simulate", question);
    if (answered.ok) return answered;
    void vscode.window.showWarningMessage(answered.message);
    return undefined;
  };
  const askAws = (question: SimulateParams): Promise<Simulation | undefined> =>
    askLong(server, "Asking AWS's policy simulator…", "iamPolicy/simulateLive", question);
  /** Nobody answers questions first for an answer that cannot be had. */
  const ifConnected = async (ask: () => Promise<Simulation | undefined>): Promise<Simulation | undefined> =>
    (await connected()) ? await ask() : undefined;
  const answer = async (
    question: SimulateParams,
    ask: typeof askHere,
    reveal: (answered: Simulation) => Promise<unknown> = revealDeciding,
  ): Promise<Simulation | undefined> => {
    const answered = await ask(question);
    if (answered === undefined) return undefined;
    last = answered;
    await history.add(answered);
    await reveal(answered);
    decorations.show(answered);
    await explanations.show("Simulation", answered.explanation);
    vscode.window.setStatusBarMessage(answered.headline, 10_000);
    void offerReport(answered, explanations);
    return answered;
  };
  const begin = async (
    start: unknown,
    title: string,
    ask: typeof askHere,
  ): Promise<Simulation | undefined> => {
    const given = questionFrom(start);
    const complete = given.action !== undefined && (given.as !== undefined || given.uri !== undefined);
    const asked =
      complete && given.uri !== undefined ? given : { ...given, ...(await policyInFront(server, given)) };
    const question = complete ? asked : await askQuestion(server, asked, title);
    return question && (await answer(question, ask));
  };

  return {
    simulate: (start) => begin(start, "Simulate", askHere),
    explain: (question) => answer(question, askHere, async () => {}),
    simulateWithAws: (start) => ifConnected(() => begin(start, "Simulate with AWS", askAws)),
    async askAwsTheSame() {
      const question = last?.question;
      if (question !== undefined) return await ifConnected(() => answer(question, askAws));
      void vscode.window.showInformationMessage("Simulate a request first: AWS is asked the same then.");
      return undefined;
    },
    async simulateAgain(which) {
      const all = history.all();
      if (all.length === 0) {
        void vscode.window.showInformationMessage("Nothing has been simulated in this workspace yet.");
        return undefined;
      }
      const items = all.map(({ question, headline, live }) => ({
        label: headline,
        live: live === true,
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
      if (picked === undefined) return undefined;
      return await (picked.live
        ? ifConnected(() => answer(picked.question, askAws))
        : answer(picked.question, askHere));
    },
    async showExplanation() {
      if (last !== undefined) await explanations.show("Simulation", last.explanation);
      else
        void vscode.window.showInformationMessage("Simulate a request first: its explanation is shown then.");
    },
  };
}

/** Where AWS and we differ and one of the two must be wrong. */
async function offerReport({ live }: Simulation, explanations: Explanations): Promise<void> {
  if (live === undefined || live.report === "") return;
  const report = "Show Report";
  const message = "Offline it is decided otherwise, and one of the two is wrong.";
  if ((await vscode.window.showWarningMessage(message, report)) === report)
    await explanations.show("IAM Disagreements", live.report);
}

/** Brings the statement that decides into view, and leaves the cursor where it is. */
async function revealDeciding(answered: Simulation): Promise<void> {
  const statement = decidingStatement(answered, vscode.ViewColumn.One);
  if (statement === undefined) return;
  const { uri, range, viewColumn, editor } = statement;
  const shown = editor ?? (await vscode.window.showTextDocument(uri, { viewColumn, preview: true }));
  shown.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts the cursor on the statement that decides, beside what has the focus unless it is on the screen already. */
export async function goToDeciding(answered: Simulation): Promise<void> {
  const statement = decidingStatement(answered, vscode.ViewColumn.Beside);
  if (statement === undefined) {
    vscode.window.setStatusBarMessage("No statement decides it: none comes near.", 10_000);
    return;
  }
  const { uri, range, viewColumn } = statement;
  await vscode.window.showTextDocument(uri, {
    viewColumn,
    selection: new vscode.Range(range.start, range.start),
  });
}

/** The first of them, rather in a document that is on the screen than in another. */
function decidingStatement({ reasons }: Simulation, elsewhere: vscode.ViewColumn) {
  const places = reasons.flatMap(({ deciding, place }) => (deciding && place !== undefined ? [place] : []));
  const visible = new Map(vscode.window.visibleTextEditors.map((it) => [it.document.uri.toString(), it]));
  const place = places.find(({ uri }) => visible.has(vscode.Uri.parse(uri).toString())) ?? places[0];
  if (place === undefined) return undefined;
  const { uri, range } = locationOf(place);
  const editor = visible.get(uri.toString());
  return { uri, range, editor, viewColumn: editor?.viewColumn ?? elsewhere };
}

/** Arguments come from outside: only what has the shape of a question counts. The editor's title gives a URI. */
function questionFrom(start: unknown): SimulateParams {
  if (start instanceof vscode.Uri) return { uri: start.toString() };
  return typeof start === "object" && start !== null ? (start as SimulateParams) : {};
}

/**
 * The document that is asked about, and which of its policies: the one that the cursor is in. Where an explanation has
 * the focus, the policy beside it is meant.
 */
export async function policyInFront(
  server: LanguageServer,
  { uri: given, account, policy }: SimulateParams,
): Promise<Pick<SimulateParams, "uri" | "policy">> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const [only, ...others] = visibleTextEditors;
  const front = activeTextEditor ?? (others.length === 0 ? only : undefined);
  const uri = given ?? (account === undefined ? front?.document.uri.toString() : undefined);
  if (uri === undefined || policy !== undefined) return {};
  const editor = visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const position = editor && { position: editor.selection.active };
  const { policies, at } = await server.ask("iamPolicy/policies", { uri, ...position });
  // Any JSON may be meant for an account, and notes only for the policies in them.
  const isMeant = given !== undefined || policies.length > 0 || isJson(editor?.document.languageId);
  return isMeant ? { uri, ...(at !== undefined && { policy: at }) } : {};
}

function isJson(language: string | undefined): boolean {
  return language !== undefined && ["iam-policy", "json", "jsonc"].includes(language);
}
