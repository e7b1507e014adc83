/**
 * `iamPolicy/liveAccount`, `iamPolicy/liveDocument`, `iamPolicy/downloadSnapshot`: what is in the AWS account, as it
 * was when the user last asked for it.
 */
import { fileURLToPath } from "node:url";
import { type CancellationToken, ErrorCodes, ResponseError } from "vscode-languageserver";
import { accountNodes, observedDocument } from "../../account/account-nodes.js";
import type { Snapshot } from "../../account/change/snapshot-shape.js";
import { SNAPSHOT_LISTS } from "../../account/snapshot.js";
import { asking } from "../asking.js";
import { guarded } from "../guard.js";
import { refusing } from "../live-aws.js";
import type { ChangeRequests, LiveDocument } from "../protocol.js";
import type { Session } from "../session.js";

type Params<M extends keyof ChangeRequests> = ChangeRequests[M]["params"];

export function liveAccount(session: Session): void {
  const { connection, log } = session;
  let read: Snapshot | undefined;

  connection.onRequest(
    "iamPolicy/liveAccount",
    guarded(
      "iamPolicy/liveAccount",
      log,
      null as unknown,
      async (params: Params<"iamPolicy/liveAccount">, token) => {
        const { account, snapshot } = await readAccount(session, params, token);
        read = snapshot;
        return { account, nodes: accountNodes(snapshot) };
      },
    ),
  );
  connection.onRequest(
    "iamPolicy/liveDocument",
    guarded(
      "iamPolicy/liveDocument",
      log,
      null as LiveDocument | null,
      ({ id, version }: Params<"iamPolicy/liveDocument">) => {
        if (read === undefined) throw refusal("Read the AWS account first.");
        const found = observedDocument(read, id, version);
        if (found === undefined)
          throw refusal(`The account had no ${id}${version ? ` ${version}` : ""} when it was read.`);
        return { ...found, text: indented(found.text), version: found.version ?? null };
      },
    ),
  );
  connection.onRequest(
    "iamPolicy/downloadSnapshot",
    guarded(
      "iamPolicy/downloadSnapshot",
      log,
      "",
      async (params: Params<"iamPolicy/downloadSnapshot">, token) => {
        const path = fileURLToPath(params.file);
        const there = session.files.readFile(path);
        if (there !== undefined && !SNAPSHOT_LISTS.some((list) => there.includes(`"${list}"`)))
          throw refusal(`${path} is there already and is no snapshot. Choose another name.`);
        const { account, snapshot } = await readAccount(session, params, token);
        read = snapshot;
        await refusing(() => session.files.writeFile(path, `${JSON.stringify(snapshot, null, 2)}\n`));
        const left = Object.keys(snapshot.UnreadableBuckets ?? {}).length;
        const without = left === 0 ? "" : ` without the policies of ${left} buckets that may not be read`;
        return `Account ${account} is in ${path}${without}.`;
      },
    ),
  );
}

/** @throws ResponseError, with words for the user */
export async function readAccount(
  { connection, aws }: Session,
  params: Params<"iamPolicy/liveAccount">,
  token: CancellationToken,
): Promise<{ readonly account: string; readonly snapshot: Snapshot }> {
  const { target } = await aws.connection();
  return await refusing(() =>
    asking(connection, params, token, "Reading the account", async ({ signal, report }) => {
      const account = await target.accountId({ signal });
      const snapshot = await target.read({
        signal,
        progress: (done, what) => report(`${done} ${what}`),
      });
      return { account, snapshot };
    }),
  );
}

function refusal(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}

/** AWS keeps the blanks of whoever wrote it, which are often none. */
function indented(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text;
  }
}
