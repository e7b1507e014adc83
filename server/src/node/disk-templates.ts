/** Templates from the disk: the shipped ones packed beside the bundle, others as folders. Only composition roots import it. */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { TemplateFolder } from "../scaffold/read-template.js";
import type { TemplatePorts } from "../workspace/template-library.js";

export function diskTemplates(): TemplatePorts {
  return {
    shippedTemplates: () => {
      const packed = JSON.parse(readFileSync(join(__dirname, "templates.json"), "utf8")) as Packed;
      return new Map(Object.entries(packed).map(([name, files]) => [name, new Map(Object.entries(files))]));
    },
    templatesIn,
  };
}

/** As `tools/build.mjs` writes it: texts by path, by template. */
type Packed = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every folder with a file in it counts, so that one without a manifest can be named as such. */
export function templatesIn(folder: string): ReadonlyMap<string, TemplateFolder> {
  const found = new Map<string, TemplateFolder>();
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    const files = new Map(filesBelow(join(folder, entry.name), ""));
    if (files.size > 0) found.set(entry.name, files);
  }
  return found;
}

/** Longer files are part of no template. */
const MAX_SIZE = 1_000_000;

function* filesBelow(folder: string, prefix: string): Iterable<readonly [string, string]> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, `${prefix}${entry.name}/`);
    else if (entry.isFile() && statSync(path).size <= MAX_SIZE)
      yield [prefix + entry.name, readFileSync(path, "utf8")];
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
