/** `iamPolicy/liveDocument`: a policy as AWS had it when the account was read. */
import { observedDocument } from "../../account/account-nodes.js";
import { guarded } from "../guard.js";
import { indentedDocument } from "../indented-document.js";
import type { ChangeRequests } from "../protocol.js";
import { refusal } from "../refusal.js";
import type { Session } from "../session.js";

type Live = ChangeRequests["iamPolicy/liveDocument"];

export function liveDocument(session: Session): void {
  session.connection.onRequest(
    "iamPolicy/liveDocument",
    guarded<Live["params"], Live["result"] | null>(
      "iamPolicy/liveDocument",
      session.log,
      null,
      ({ id, version }) => {
        if (session.live === undefined) throw refusal("Read the account first.");
        const found = observedDocument(session.live.snapshot, id, version);
        if (found === undefined)
          throw refusal(`The account had no ${id}${version ? ` ${version}` : ""} when it was read.`);
        return { ...found, text: indentedDocument(found.text), version: found.version ?? null };
      },
    ),
  );
}
