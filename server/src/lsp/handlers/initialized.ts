/** `initialized`: asks to be told when configuration files or the open folders change. */
import { DidChangeWatchedFilesNotification } from "vscode-languageserver";
import { CONFIGURATION_FILE } from "../../lint/configuration.js";
import { pathOf, type Session } from "../session.js";
import { refreshAll } from "./did-change.js";

export function initialized(session: Session): void {
  const { connection, workspace } = session;
  connection.onInitialized(async () => {
    const { workspace: capabilities } = session.capabilities;
    if (capabilities?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: `**/${CONFIGURATION_FILE}` }],
      });
    }
    if (!capabilities?.workspaceFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      workspace.setFolders(folders.map(({ uri }) => pathOf(uri)).filter((path) => path !== undefined));
      refreshAll(session);
    });
  });
}
