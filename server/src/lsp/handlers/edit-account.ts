/** `iamPolicy/accountNames`, `iamPolicy/editAccount`: who is in an account file, and small changes of it as edits. */
import type { Account } from "../../account/account.js";
import { readDesiredAccount } from "../../account/desired-account.js";
import { NO_MANAGED_POLICIES } from "../../account/managed-policies.js";
import { editAccount as edited } from "../../scaffold/edit-account.js";
import { parseDocument } from "../../syntax/document.js";
import { guarded } from "../guard.js";
import type { AccountNames, ScaffoldRequests } from "../protocol.js";
import { pathOf, type Session, textAt } from "../session.js";
import { replacement } from "../workspace-edit.js";

const NO_ACCOUNT: ScaffoldRequests["iamPolicy/editAccount"]["result"] = {
  problem: "This is no account file.",
};

export function editAccount(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(
    "iamPolicy/accountNames",
    guarded(
      "iamPolicy/accountNames",
      log,
      null as AccountNames | null,
      ({ account: uri }: { account: string }) => {
        const account = accountIn(textOf(session, uri));
        if (account === undefined) return null;
        const policies = [...account.policies.values()].map(({ name }) => name);
        return { users: [...account.users.keys()], groups: [...account.groups.keys()], policies };
      },
    ),
  );
  connection.onRequest(
    "iamPolicy/editAccount",
    guarded<ScaffoldRequests["iamPolicy/editAccount"]["params"], unknown>(
      "iamPolicy/editAccount",
      log,
      NO_ACCOUNT,
      (params) => {
        const text = textOf(session, params.account);
        const account = accountIn(text);
        if (account === undefined || text === undefined) return NO_ACCOUNT;
        const result = edited(text, params.change, account);
        return "problem" in result ? result : { edit: replacement(text, result.text) };
      },
    ),
  );
}

function textOf(session: Session, uri: string): string | undefined {
  const path = pathOf(uri);
  return path === undefined ? undefined : textAt(session, path);
}

/** Policies are not read: names are all that matters here. */
function accountIn(text: string | undefined): Account | undefined {
  if (text === undefined) return undefined;
  return readDesiredAccount("", parseDocument(text, "jsonc").tree, () => undefined, NO_MANAGED_POLICIES)
    .account;
}
