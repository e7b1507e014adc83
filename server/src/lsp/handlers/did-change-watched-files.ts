/** `workspace/didChangeWatchedFiles`: files changed on disk; a configuration among them changes everything. */
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { BASELINE_FILE } from "../../lint/baseline.js";
import { CONFIGURATION_FILE } from "../../lint/configuration.js";
import type { Session } from "../session.js";
import { checkChanged, checkWorkspace } from "./check-workspace.js";
import { refreshAll } from "./did-change.js";

export function didChangeWatchedFiles(session: Session): void {
  session.connection.onDidChangeWatchedFiles(({ changes }) => {
    const accounts = changes.some(({ uri }) => isAccount(uri)) && session.workspace.refreshVariables();
    if (!accounts && !changes.some(({ uri }) => isConfiguration(uri))) return checkChanged(session, changes);
    session.workspace.forgetConfigurations();
    refreshAll(session);
    void checkWorkspace(session);
  });
}

/** Is it the file that says what placeholders stand for? */
export function isAccount(uri: string): boolean {
  return uri.endsWith(`/${ACCOUNT_FILE}`);
}

/** Does a change of this file change what is found in others? */
export function isConfiguration(uri: string): boolean {
  return uri.endsWith(`/${CONFIGURATION_FILE}`) || uri.endsWith(`/${BASELINE_FILE}`);
}
