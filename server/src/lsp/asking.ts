/** What a long request gives whoever works on it: a signal that the user cancelled, and a way to say how far it is. */
import type { CancellationToken, Connection, WorkDoneProgressParams } from "vscode-languageserver";

export interface Asking {
  readonly signal: AbortSignal;
  /** @param percentage 0 to 100, where known */
  readonly report: (message: string, percentage?: number) => void;
}

export async function asking<T>(
  { window }: Connection,
  { workDoneToken }: WorkDoneProgressParams,
  token: CancellationToken,
  title: string,
  work: (asking: Asking) => Promise<T>,
): Promise<T> {
  const cancelled = new AbortController();
  const listening = token.onCancellationRequested(() => cancelled.abort());
  const progress = workDoneToken === undefined ? undefined : window.attachWorkDoneProgress(workDoneToken);
  progress?.begin(title, 0, undefined, true);
  const report: Asking["report"] = (message, percentage) =>
    percentage === undefined ? progress?.report(message) : progress?.report(percentage, message);
  try {
    return await work({ signal: cancelled.signal, report });
  } finally {
    listening.dispose();
    progress?.done();
  }
}
