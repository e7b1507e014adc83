/** A request that takes a while, as the user sees it: a notification with progress and Cancel, and a refusal in words. */
import * as vscode from "vscode";
import { ErrorCodes, ResponseError } from "vscode-languageclient/node";
import type { Refusal, Requests } from "../../server/src/lsp/protocol.js";
import type { LanguageServer } from "./language-server.js";

/** @returns `undefined` where the user cancelled, or was told why there is no answer */
export async function askLong<M extends keyof Requests>(
  server: LanguageServer,
  title: string,
  method: M,
  params: Requests[M]["params"],
): Promise<Requests[M]["result"] | undefined> {
  const options = { title, location: vscode.ProgressLocation.Notification, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    try {
      return await server.askReporting(method, params, (it) => progress.report(it), token);
    } catch (error) {
      if (!token.isCancellationRequested) void vscode.window.showErrorMessage(wordsOf(error));
      return undefined;
    }
  });
}

/** How long an answer may take before anybody is told that it is waited for, in milliseconds. */
const QUICK = 500;

/**
 * Waits for what is quick as a rule: only where it is not, the user sees so and can give up.
 * @throws CancellationError where the user gave up
 */
export async function shownIfSlow<T>(title: string, answer: Promise<T>): Promise<T> {
  const isSlow = await Promise.race([answer.then(() => false), pause(QUICK)]);
  if (!isSlow) return await answer;
  const options = { title, location: vscode.ProgressLocation.Notification, cancellable: true };
  return await vscode.window.withProgress(options, (_, token) =>
    Promise.race([answer, rejectedWhenCancelled(token)]),
  );
}

function pause(milliseconds: number): Promise<true> {
  return new Promise((resolve) => setTimeout(() => resolve(true), milliseconds));
}

function rejectedWhenCancelled(token: vscode.CancellationToken): Promise<never> {
  return new Promise((_, reject) =>
    token.onCancellationRequested(() => reject(new vscode.CancellationError())),
  );
}

type Answerable = "iamPolicy/diff" | "iamPolicy/checkAccess";

/** The same for a question that reports nothing on its way, and has its refusals among its answers. */
export async function askAnswer<M extends Answerable>(
  server: LanguageServer,
  title: string,
  method: M,
  params: Requests[M]["params"],
): Promise<Exclude<Requests[M]["result"], Refusal> | undefined> {
  const options = { title, location: vscode.ProgressLocation.Notification, cancellable: true };
  try {
    const answer = await vscode.window.withProgress(options, (_, token) =>
      server.ask(method, params, { token }),
    );
    if (answer.ok) return answer as Exclude<Requests[M]["result"], Refusal>;
    void vscode.window.showWarningMessage(answer.message);
  } catch (error) {
    if (!(error instanceof vscode.CancellationError)) throw error;
  }
  return undefined;
}

const ENDED =
  "The language server ended before it answered, and starts anew. Run the command again, or “IAM Policy: Resume Apply…” where something was being applied.";

export function wordsOf(error: unknown): string {
  if (error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected) return ENDED;
  return error instanceof Error ? error.message : String(error);
}
