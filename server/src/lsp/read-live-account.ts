/** Reads the AWS account, with progress, for the handlers that need it. The session keeps it. */
import type { CancellationToken, WorkDoneProgressParams } from "vscode-languageserver";
import type { Snapshot } from "../account/change/snapshot-shape.js";
import { asking } from "./asking.js";
import { refusing } from "./refusal.js";
import type { Session } from "./session.js";

/** @throws ResponseError, with words for the user */
export async function readLiveAccount(
  session: Session,
  params: WorkDoneProgressParams,
  token: CancellationToken,
): Promise<{ readonly account: string; readonly snapshot: Snapshot }> {
  const { target } = await session.aws.connection();
  return await refusing(() =>
    asking(session.connection, params, token, "Reading the account", async ({ signal, report }) => {
      const account = await target.accountId({ signal });
      const snapshot = await target.read({
        signal,
        progress: (done, what) => report(`${done} ${what}`),
      });
      session.live = snapshot;
      return { account, snapshot };
    }),
  );
}
