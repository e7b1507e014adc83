/** `textDocument/codeLens`: what a policy and each statement does, and how many findings it has, and what can be done with it. */
import type { CodeLens, Range } from "vscode-languageserver";
import { codeLensesFor } from "../../assist/code-lens.js";
import { guarded } from "../guard.js";
import type { PolicyCommand } from "../protocol.js";
import { policyViewOf, type Session } from "../session.js";
import { titleOf } from "./kind.js";

export function codeLens(session: Session): void {
  session.connection.onCodeLens(
    guarded("textDocument/codeLens", session.log, [] as CodeLens[], ({ textDocument }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined || session.options.codeLens === false) return [];
      const { policies, findings } = view.analysis;
      const lenses = codeLensesFor(policies, findings, session.workspace.catalogue);
      let policy = 0;
      return lenses.flatMap(({ at, title, kind }): CodeLens[] => {
        const range = view.positions.range(at);
        const parts = [kind && titleOf(kind), title].filter((it) => it !== undefined && it !== "");
        const summary = { range, command: { title: parts.join(" · "), command: "" } };
        return kind === undefined ? [summary] : [summary, ...commandsFor(session, view.uri, policy++, range)];
      });
    }),
  );
}

/** What can be done with a policy as a whole, by a client that has the commands. */
function commandsFor({ options }: Session, uri: string, policy: number, range: Range): CodeLens[] {
  return (options.policyCommands ?? []).flatMap((command) => {
    const title = TITLES[command];
    return title === undefined ? [] : [{ range, command: { title, command, arguments: [{ uri, policy }] } }];
  });
}

const TITLES: Readonly<Partial<Record<string, string>>> = {
  "iamPolicy.simulate": "Simulate…",
  "iamPolicy.validateWithAws": "Validate with AWS",
  "iamPolicy.plan": "Apply…",
} satisfies Record<PolicyCommand, string>;
