/** Errors with words for the user, as the protocol carries them. Bugs are not among them: those are the guard's. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { TargetError } from "../account/change/target.js";
import { UnreadableBytes, WriteError } from "../workspace/write-files.js";

/** @param message what is in the way, and what to do about it */
export function refusal(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}

/** Passes the words of targets and of the disk on. */
export async function refusing<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WriteError)
      throw refusal(`${error.message} ${reasonOf(error)} Nothing was written.`);
    if (!(error instanceof TargetError)) throw error;
    if (error.kind !== "cancelled") throw refusal(error.message);
    throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  }
}

/** The system's own name of it, such as `EACCES`. */
function reasonOf({ cause }: WriteError): string {
  if (cause instanceof UnreadableBytes) return cause.message;
  return typeof cause === "object" && cause !== null && "code" in cause ? `(${String(cause.code)})` : "";
}
