/**
 * `workspace/didChangeWatchedFiles`, `didCreateFiles`, `didRenameFiles`, `didDeleteFiles`: files changed on disk; a
 * configuration among them changes everything. The editor's own changes are told apart from its watcher of files, which
 * is late and can miss them.
 */
import { FileChangeType, type FileEvent, type FileOperationRegistrationOptions } from "vscode-languageserver";
import { BASELINE_FILE } from "../../lint/baseline.js";
import { CONFIGURATION_FILE } from "../../lint/configuration.js";
import { isAccountFile } from "../../workspace/worth-reading.js";
import { accountsMayHaveChanged } from "../account-watch.js";
import type { Session } from "../session.js";
import { checkChanged, checkWorkspace } from "./check-workspace.js";
import { refreshAll } from "./did-change.js";

/** The files that can hold policies, or say what holds for them. */
export const WATCHED = "**/*.{json,jsonc,md,mdx,markdown}";

const OPERATIONS: FileOperationRegistrationOptions = {
  filters: [{ scheme: "file", pattern: { glob: WATCHED } }],
};
export const FILE_OPERATIONS = { didCreate: OPERATIONS, didRename: OPERATIONS, didDelete: OPERATIONS };

export function didChangeWatchedFiles(session: Session): void {
  const { connection } = session;
  const { Created, Deleted } = FileChangeType;
  connection.onDidChangeWatchedFiles(({ changes }) => changed(session, changes));
  connection.workspace.onDidCreateFiles(({ files }) =>
    changed(
      session,
      files.map(({ uri }) => ({ uri, type: Created })),
    ),
  );
  connection.workspace.onDidDeleteFiles(({ files }) =>
    changed(
      session,
      files.map(({ uri }) => ({ uri, type: Deleted })),
    ),
  );
  connection.workspace.onDidRenameFiles(({ files }) =>
    changed(
      session,
      files.flatMap(({ oldUri, newUri }) => [
        { uri: oldUri, type: Deleted },
        { uri: newUri, type: Created },
      ]),
    ),
  );
}

function changed(session: Session, changes: readonly FileEvent[]): void {
  accountsMayHaveChanged(session);
  const accounts = changes.some(({ uri }) => isAccountFile(uri)) && session.workspace.refreshVariables();
  if (!accounts && !changes.some(({ uri }) => isConfiguration(uri))) return checkChanged(session, changes);
  session.workspace.forgetConfigurations();
  refreshAll(session);
  void checkWorkspace(session);
}

/** Does a change of this file change what is found in others? */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${CONFIGURATION_FILE}`) || uri.endsWith(`/${BASELINE_FILE}`);
}
