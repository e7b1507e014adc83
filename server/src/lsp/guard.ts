/** One wrapper around every handler: a bug in one feature is logged, without policy text, and answers nothing. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

export function guarded<P, R>(
  name: string,
  log: (message: string) => void,
  nothing: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    let result = nothing;
    if (token.isCancellationRequested) throw cancelled();
    try {
      result = await handle(params, token);
    } catch (error) {
      // A refusal with words for the user is an answer.
      if (error instanceof ResponseError) throw error;
      log(`${name} failed: ${describe(error)}`);
    }
    if (token.isCancellationRequested) throw cancelled();
    return result;
  };
}

/** Where it happened, not what it happened to: messages can quote the user's text. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 8)].join("\n");
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}
