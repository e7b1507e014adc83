/** `textDocument/codeLens`: what a policy and each statement does, and how many findings it has. Nothing to click yet. */
import type { CodeLens } from "vscode-languageserver";
import { codeLensesFor } from "../../assist/code-lens.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session } from "../session.js";
import { titleOf } from "./kind.js";

export function codeLens(session: Session): void {
  session.connection.onCodeLens(
    guarded("textDocument/codeLens", session.log, [] as CodeLens[], ({ textDocument }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined || session.options.codeLens === false) return [];
      const { policies, findings } = view.analysis;
      return codeLensesFor(policies, findings, session.workspace.catalogue).map(({ at, title, kind }) => {
        const parts = [kind && titleOf(kind), title].filter((it) => it !== undefined && it !== "");
        return { range: view.positions.range(at), command: { title: parts.join(" · "), command: "" } };
      });
    }),
  );
}
