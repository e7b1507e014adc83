/**
 * `iamPolicy/simulate`, `iamPolicy/matrix` and the other questions about accounts: passed on, with the texts that are
 * open, to whoever works them out. Parts of an answer go out as partial results.
 */
import {
  type CancellationToken,
  ErrorCodes,
  LSPErrorCodes,
  ProgressType,
  ResponseError,
} from "vscode-languageserver";
import { ACCOUNT_METHODS } from "../../workspace/account-desk.js";
import type {
  AccountMethod,
  AccountRequests,
  DeskRequests,
  OpenText,
  Setting,
} from "../../workspace/account-questions.js";
import { describe, guarded } from "../guard.js";
import { type Session, viewOf } from "../session.js";

interface WithParts {
  readonly partialResultToken?: string | number;
}

export function accountQuestions(session: Session): void {
  for (const method of ACCOUNT_METHODS) {
    session.connection.onRequest(
      method,
      guarded<AccountRequests[typeof method]["params"] & WithParts, unknown>(
        method,
        session.log,
        null,
        (params, token) => askAccount(session, method, params, token),
      ),
    );
  }
}

/** @throws ResponseError where there is no answer, which the client shows */
export function askAccount<M extends AccountMethod>(
  session: Session,
  method: M,
  params: AccountRequests[M]["params"] & WithParts,
  token: CancellationToken,
): Promise<DeskRequests[M]["result"]> {
  const { partialResultToken } = params;
  const part =
    partialResultToken === undefined
      ? undefined
      : (it: unknown) => void session.connection.sendProgress(PARTS, partialResultToken, it);
  return askDesk(session, method, params, settingOf(session), part, token);
}

/** The same for every question that can be worked out. */
export async function askDesk<M extends keyof DeskRequests>(
  { accounts, log }: Session,
  method: M,
  params: DeskRequests[M]["params"],
  setting: Setting,
  part: ((part: unknown) => void) | undefined,
  token: CancellationToken,
): Promise<DeskRequests[M]["result"]> {
  try {
    return await accounts.ask(method, params, setting, part, token);
  } catch (error) {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    log(`${method} failed: ${describe(error)}`);
    throw new ResponseError(
      ErrorCodes.InternalError,
      `${method} failed: see the output of the language server.`,
    );
  }
}

/** The texts as they are now. */
export function settingOf(session: Session): Setting {
  const { managedPolicies } = session.options;
  return {
    folders: session.workspace.folders,
    open: openTexts(session),
    ...(managedPolicies && { managedPolicies }),
  };
}

const PARTS = new ProgressType<unknown>();

function openTexts(session: Session): readonly OpenText[] {
  return session.documents.all().map((document): OpenText => {
    const { uri } = document;
    const kinds = viewOf(session, uri)?.analysis.policies.map(({ kind }) => kind) ?? [];
    return { uri, text: document.getText(), kinds };
  });
}
