/** Answers a request that takes a while: with progress and cancellation, and with refusals in words for the user. */
import type { CancellationToken, WorkDoneProgressParams } from "vscode-languageserver";
import { type Asking, asking } from "./asking.js";
import { guarded } from "./guard.js";
import type { Requests } from "./protocol.js";
import { refusing } from "./refusal.js";
import type { Session } from "./session.js";

export function answerLong<M extends keyof Requests>(
  { connection, log }: Session,
  method: M,
  title: string,
  answer: (
    params: Requests[M]["params"],
    asking: Asking,
    token: CancellationToken,
  ) => Promise<Requests[M]["result"]>,
): void {
  type Params = Requests[M]["params"] & WorkDoneProgressParams;
  const handle = (params: Params, token: CancellationToken): Promise<unknown> =>
    refusing(() => asking(connection, params, token, title, (it) => answer(params, it, token)));
  connection.onRequest(method, guarded<Params, unknown>(method, log, null, handle));
}
