/** A folder as a template finds it: what lies in it, and which configuration holds for it. It writes nothing. */
import { ACCOUNT_FILE } from "../account/desired-account.js";
import { CONFIGURATION_FILE } from "../lint/configuration.js";
import type { ScaffoldSite } from "../scaffold/plan-scaffold.js";
import type { Workspace, WorkspacePorts } from "./workspace.js";

/** @param read the text of a file by its path, as an editor holds it where one does */
export function scaffoldSite(
  folder: string,
  workspace: Workspace,
  { join, relative }: Pick<WorkspacePorts, "join" | "relative">,
  read: (path: string) => string | undefined,
): ScaffoldSite {
  const { path, folder: home, text } = workspace.configurationFor(join(folder, ACCOUNT_FILE));
  // The configuration that would hold for the files, which can lie above; a new one would stand in its way.
  const prefix = path === undefined || home === undefined ? "" : relative(home, folder);
  return {
    read: (file) => read(join(folder, file)),
    configuration:
      path === undefined
        ? { path: CONFIGURATION_FILE, text: undefined, prefix: "" }
        : { path: relative(folder, path), text, prefix: prefix === "" ? "" : `${prefix}/` },
  };
}
