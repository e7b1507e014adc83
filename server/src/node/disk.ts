/** The disk and the clock, behind the workspace's ports. Only the composition roots import it. */
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.js";
import { loadCatalogue } from "../catalogue/load.js";
import type { WorkspacePorts } from "../workspace/workspace.js";

export function diskPorts(): Omit<WorkspacePorts, "crashed"> {
  let catalogue: Catalogue | undefined;
  return {
    catalogue: () => {
      // Packed beside the bundle at build time, in ASCII, which is read faster where it is not taken for more.
      catalogue ??= loadCatalogue(readFileSync(join(__dirname, "catalogue.json"), "latin1"));
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
    // Node's own takes any number of names, such as those that `reduce` adds.
    join: (folder, name) => join(folder, name),
    relative: (folder, path) => relative(folder, path).split(sep).join("/"),
    listFiles: hostFiles,
    today: () => new Date().toISOString().slice(0, 10),
  };
}

const SKIPPED = new Set(["node_modules", "cdk.out", "dist", "out", "venv"]);

/** Folders whose name starts with a dot belong to tools. A folder that cannot be read is passed over. */
function* hostFiles(folder: string): Iterable<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith("."))
      yield* hostFiles(path);
    else if (entry.isFile() && /\.(?:jsonc?|mdx?|markdown)$/i.test(entry.name)) yield path;
  }
}
