/** `workspace/executeCommand`: the custom requests, for editors that have no way to send them. */
import type { PolicyKind } from "../../policy/words.js";
import { ACCOUNT_METHODS } from "../../workspace/account-desk.js";
import { guarded } from "../guard.js";
import { type Session, viewOf } from "../session.js";
import { askAccount } from "./account-questions.js";
import { refreshAll } from "./did-change.js";
import { documentKind } from "./kind.js";

export const COMMANDS = ["iamPolicy/kind", "iamPolicy/setKind", ...ACCOUNT_METHODS] as const;

export function executeCommand(session: Session): void {
  session.connection.onExecuteCommand(
    guarded(
      "workspace/executeCommand",
      session.log,
      null as unknown,
      ({ command, arguments: args = [] }, token) => {
        const method = ACCOUNT_METHODS.find((it) => it === command);
        if (method !== undefined) return askAccount(session, method, args[0] as never, token);
        const [uri, kind] = args as readonly unknown[] as readonly [string?, PolicyKind?];
        if (uri === undefined) return null;
        if (command === "iamPolicy/setKind") {
          session.workspace.setKind(uri, kind);
          refreshAll(session);
          return null;
        }
        const view = viewOf(session, uri);
        return view === undefined ? null : documentKind(view);
      },
    ),
  );
}
