/** `iamPolicy/downloadSnapshot`: what AWS holds, stored in the form that every command reads. */
import { fileURLToPath } from "node:url";
import { SNAPSHOT_LISTS } from "../../account/snapshot.js";
import { counted } from "../../policy/counted.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { readLiveAccount } from "../read-live-account.js";
import { refusal, refusing } from "../refusal.js";
import type { Session } from "../session.js";

export function downloadSnapshot(session: Session): void {
  type Params = ChangeRequests["iamPolicy/downloadSnapshot"]["params"];
  const { connection, files, log } = session;
  connection.onRequest(
    "iamPolicy/downloadSnapshot",
    guarded("iamPolicy/downloadSnapshot", log, "", async (params: Params, token) => {
      const path = fileURLToPath(params.file);
      const there = files.readFile(path);
      if (there !== undefined && !SNAPSHOT_LISTS.some((list) => there.includes(`"${list}"`)))
        throw refusal(`${path} is there already and is no snapshot. Choose another name.`);
      const { account, snapshot } = await readLiveAccount(session, params, token);
      await refusing(() => files.writeAll([{ path, text: `${JSON.stringify(snapshot, null, 2)}\n` }]));
      const left = Object.keys(snapshot.UnreadableBuckets ?? {}).length;
      const without =
        left === 0 ? "" : ` without the policies of ${counted(left, "bucket")} that may not be read`;
      return `Account ${account} is in ${path}${without}.`;
    }),
  );
}
