/** Reads an account for the handlers that need it, and keeps it in the session: AWS with progress, or a snapshot. */
import { basename } from "node:path";
import type { CancellationToken, WorkDoneProgressParams } from "vscode-languageserver";
import { homeOfSnapshot } from "../account/change/home-of-snapshot.js";
import { readSnapshotText } from "../account/change/snapshot-text.js";
import { TargetError } from "../account/change/target.js";
import { shownSnapshot } from "../account/change/target-identity.js";
import type { LiveAccount } from "../workspace/live-drift.js";
import { asking } from "./asking.js";
import { refusing } from "./refusal.js";
import { pathOf, type Session } from "./session.js";

/** @throws ResponseError, with words for the user */
export async function readLiveAccount(
  session: Session,
  params: WorkDoneProgressParams,
  token: CancellationToken,
): Promise<LiveAccount> {
  const { target } = await session.aws.connection();
  return await refusing(() =>
    asking(session.connection, params, token, "Reading the account", async ({ signal, report }) => {
      const account = await target.accountId({ signal });
      const snapshot = await target.read({
        signal,
        progress: (done, what) => report(`${done} ${what}`),
      });
      session.live = { from: target.name, account, snapshot };
      return session.live;
    }),
  );
}

/** @throws TargetError */
export function readLiveSnapshot(session: Session, uri: string): LiveAccount {
  const path = pathOf(uri);
  const text = path === undefined ? undefined : session.files.readFile(path);
  if (path === undefined || text === undefined)
    throw new TargetError("absent", `There is no ${path ?? uri}, or it cannot be read.`);
  const name = basename(path);
  const snapshot = readSnapshotText(text, name);
  session.live = { from: shownSnapshot(name), account: homeOfSnapshot(snapshot)?.accountId, snapshot };
  return session.live;
}
