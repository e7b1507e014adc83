/** `iamPolicy/liveAccount`: what is in the AWS account, as a tree. */
import { accountNodes } from "../../account/account-nodes.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { readLiveAccount } from "../read-live-account.js";
import type { Session } from "../session.js";

type LiveAccount = ChangeRequests["iamPolicy/liveAccount"];

export function liveAccount(session: Session): void {
  session.connection.onRequest(
    "iamPolicy/liveAccount",
    guarded<LiveAccount["params"], LiveAccount["result"] | null>(
      "iamPolicy/liveAccount",
      session.log,
      null,
      async (params, token) => {
        const { account, snapshot } = await readLiveAccount(session, params, token);
        return { account, nodes: accountNodes(snapshot) };
      },
    ),
  );
}
