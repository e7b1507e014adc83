/** `workspace/didChangeWatchedFiles`: files changed on disk; a configuration among them changes everything. */
import { BASELINE_FILE } from "../../lint/baseline.js";
import { CONFIGURATION_FILE } from "../../lint/configuration.js";
import { isAccountFile } from "../../workspace/worth-reading.js";
import { accountsMayHaveChanged } from "../account-watch.js";
import type { Session } from "../session.js";
import { checkChanged, checkWorkspace } from "./check-workspace.js";
import { refreshAll } from "./did-change.js";

export function didChangeWatchedFiles(session: Session): void {
  session.connection.onDidChangeWatchedFiles(({ changes }) => {
    accountsMayHaveChanged(session);
    const accounts = changes.some(({ uri }) => isAccountFile(uri)) && session.workspace.refreshVariables();
    if (!accounts && !changes.some(({ uri }) => isConfiguration(uri))) return checkChanged(session, changes);
    session.workspace.forgetConfigurations();
    refreshAll(session);
    void checkWorkspace(session);
  });
}

/** Does a change of this file change what is found in others? */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${CONFIGURATION_FILE}`) || uri.endsWith(`/${BASELINE_FILE}`);
}
