/** `workspace/didChangeWatchedFiles`: a configuration file was written, so everything is checked anew. */
import type { Session } from "../session.js";
import { refreshAll } from "./did-change.js";

export function didChangeWatchedFiles(session: Session): void {
  session.connection.onDidChangeWatchedFiles(() => {
    session.workspace.forgetConfigurations();
    refreshAll(session);
  });
}
