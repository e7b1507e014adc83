/** `iamPolicy/drift`, `iamPolicy/driftedDocument`: files beside the account as it was when it was read. */
import { nodesAbout, observedDocument } from "../../account/account-nodes.js";
import { documentText, sameDocument } from "../../account/change/document-meaning.js";
import { AccountFiles } from "../../workspace/account-files.js";
import { uriOf } from "../../workspace/file-uri.js";
import { guarded } from "../guard.js";
import { indentedDocument } from "../indented-document.js";
import type { ChangeRequests, DriftedDocument, DriftView } from "../protocol.js";
import { refusal } from "../refusal.js";
import { pathOf, type Session } from "../session.js";
import { askDesk, settingOf } from "./account-questions.js";

type DriftParams = ChangeRequests["iamPolicy/drift"]["params"];

const NOTHING: DriftView = { differences: [], sources: [] };

export function drift(session: Session): void {
  const { connection, files, log } = session;
  connection.onRequest(
    "iamPolicy/drift",
    guarded("iamPolicy/drift", log, NOTHING, async ({ accounts }: DriftParams, token) => {
      const { live } = session;
      if (live === undefined) return NOTHING;
      const question = { paths: accounts.flatMap((it) => pathOf(it) ?? []), live };
      const setting = settingOf(session);
      const asked = askDesk(session, "live/drift", question, setting, undefined, token);
      const { differences, sources } = await asked;
      return {
        sources: sources.map(uriOf),
        differences: differences.map(({ words, subject, part, document, account, file }) => ({
          words,
          subject,
          ...(document !== undefined && { document }),
          account: uriOf(account),
          file: uriOf(file),
          nodes: nodesAbout(subject, part),
        })),
      };
    }),
  );
  type Asked = ChangeRequests["iamPolicy/driftedDocument"]["params"];
  connection.onRequest(
    "iamPolicy/driftedDocument",
    guarded("iamPolicy/driftedDocument", log, null, ({ account, id }: Asked): DriftedDocument => {
      if (session.live === undefined) throw refusal("Read the account first.");
      const live = observedDocument(session.live.snapshot, id);
      return {
        live: live === undefined ? null : indentedDocument(live.text),
        here: documentHere(account, id),
      };
    }),
  );

  const documentHere = (account: string, id: string): DriftedDocument["here"] => {
    const path = pathOf(account);
    const read = path === undefined ? undefined : new AccountFiles(files, (it) => it).account(path).account;
    const { document, file = "", pointer } = read?.documents.get(id) ?? {};
    if (document === undefined) return null;
    const text = documentText(document);
    // A file with placeholders says something else than what it becomes.
    const isWhole = pointer === "" && sameDocument(files.readFile(file) ?? "", text);
    return isWhole ? { uri: uriOf(file) } : { text: indentedDocument(text) };
  };
}
