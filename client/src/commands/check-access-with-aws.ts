/** "Check Access with AWS…": the same question put to Access Analyzer, which charges for it: asked first, and made once. */
import * as vscode from "vscode";
import type { AwsCheckAnswer } from "../../../server/src/lsp/protocol.js";
import { askCheck, type CheckWish, type ReadLivePolicy } from "../checks/ask-check.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";
import type { ShownTexts } from "../shown-texts.js";
import type { Decorations } from "../simulate/decorations.js";
import type { Explanations } from "../simulate/explanation.js";
import { showCheck, wishFrom } from "./check-access.js";

const ASK = "Ask AWS";
const REPORT = "Show Report";

export interface AwsChecking {
  readonly server: LanguageServer;
  readonly readLive: ReadLivePolicy;
  /** @returns whether AWS answers; the user has been told otherwise */
  readonly connected: () => Promise<boolean>;
  readonly texts: ShownTexts;
  readonly explanations: Explanations;
  readonly decorations: Decorations;
}

/** What a test has decided already. */
interface PaidWish extends CheckWish {
  /** `true`: the user has agreed to pay. */
  readonly agreed?: boolean;
}

export async function checkAccessWithAws(
  aws: AwsChecking,
  wish?: unknown,
): Promise<AwsCheckAnswer | undefined> {
  const given: PaidWish = wishFrom(wish);
  const params = await askCheck(aws.server, aws.readLive, given);
  if (params === undefined || !(await aws.connected())) return undefined;
  const prepared = await askLong(aws.server, "Preparing the check…", "iamPolicy/prepareAwsCheck", params);
  if (prepared === undefined) return undefined;
  const { id, question, detail } = prepared;
  if (!(given.agreed ?? (await agrees(question, detail)))) return undefined;
  const answer = await askLong(aws.server, "Asking Access Analyzer…", "iamPolicy/runAwsCheck", { id });
  if (answer === undefined) {
    // Whoever cancels is told nothing else.
    void vscode.window.setStatusBarMessage(
      "AWS may charge for a check that was sent, answered or not.",
      10_000,
    );
    return undefined;
  }
  await showCheck(answer, aws.explanations, aws.decorations);
  if (answer.disagreement !== undefined) void offerReport(answer.disagreement, aws.texts);
  return answer;
}

async function agrees(question: string, detail: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, ASK)) === ASK;
}

async function offerReport(report: string, texts: ShownTexts): Promise<void> {
  const message = "AWS and we answer this check differently.";
  if ((await vscode.window.showInformationMessage(message, REPORT)) === REPORT)
    await texts.showMarkdown("IAM Disagreements", report);
}
