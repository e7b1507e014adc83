/** `iamPolicy/liveAccount`: what is in the AWS account, or in a snapshot of one, as a tree. */
import { accountNodes } from "../../account/account-nodes.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { readLiveAccount, readLiveSnapshot } from "../read-live-account.js";
import { refusing } from "../refusal.js";
import type { Session } from "../session.js";

type LiveAccount = ChangeRequests["iamPolicy/liveAccount"];

export function liveAccount(session: Session): void {
  session.connection.onRequest(
    "iamPolicy/liveAccount",
    guarded<LiveAccount["params"], LiveAccount["result"] | null>(
      "iamPolicy/liveAccount",
      session.log,
      null,
      async ({ snapshot: snapshotFile, ...params }, token) => {
        const { from, account, snapshot } =
          snapshotFile === undefined
            ? await readLiveAccount(session, params, token)
            : await refusing(() => readLiveSnapshot(session, snapshotFile));
        return { from, account: account ?? null, nodes: accountNodes(snapshot) };
      },
    ),
  );
}
