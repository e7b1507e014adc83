/** `initialized`: asks to be told when files or the open folders change, and checks what lies in them. */
import {
  DidChangeWatchedFilesNotification,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  MessageType,
  ShowMessageNotification,
} from "vscode-languageserver";
import { describeProblem } from "../../account/problem.js";
import { pathOf, type Session } from "../session.js";
import { warmUp } from "../warm-up.js";
import { checkWorkspace } from "./check-workspace.js";
import { refreshAll } from "./did-change.js";
import { WATCHED } from "./did-change-watched-files.js";

export function initialized(session: Session): void {
  const { connection, workspace } = session;
  connection.onInitialized(async () => {
    useManagedPolicies(session);
    const { workspace: capabilities } = session.capabilities;
    if (capabilities?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: WATCHED }],
      });
    }
    const { formattingFor } = session.options;
    if (formattingFor !== undefined) {
      const documentSelector = formattingFor.map((language) => ({ language }));
      await connection.client.register(DocumentFormattingRequest.type, { documentSelector });
      await connection.client.register(DocumentRangeFormattingRequest.type, { documentSelector });
    }
    void checkWorkspace(session);
    warmUp(() => workspace.catalogue);
    if (!capabilities?.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      workspace.setFolders(folders.map(({ uri }) => pathOf(uri)).filter((path) => path !== undefined));
      refreshAll(session);
      void checkWorkspace(session);
    });
  });
}

/** The file may still come: it is looked at again with every question. */
function useManagedPolicies({ connection, options, workspace }: Session): void {
  const problems = options.managedPolicies ? workspace.useManagedPolicies(options.managedPolicies) : [];
  const [first] = problems;
  if (first === undefined) return;
  const message = `The setting iamPolicy.managedPolicies: ${describeProblem(first)}`;
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
}
