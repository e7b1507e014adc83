/** The disk and the clock, behind the workspace's ports. Only the composition roots import it. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Catalogue } from "./catalogue/catalogue.js";
import { loadCatalogue } from "./catalogue/load.js";
import type { WorkspacePorts } from "./workspace/workspace.js";

export function diskPorts(): Omit<WorkspacePorts, "crashed"> {
  let catalogue: Catalogue | undefined;
  return {
    catalogue: () => {
      // Packed beside the bundle at build time.
      catalogue ??= loadCatalogue(readFileSync(join(__dirname, "catalogue.json"), "utf8"));
      return catalogue;
    },
    readFile: (path) => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    },
    parentFolder: (path) => (dirname(path) === path ? undefined : dirname(path)),
    join,
    relative: (folder, path) => relative(folder, path).split(sep).join("/"),
    today: () => new Date().toISOString().slice(0, 10),
  };
}
