// Sources with the catalogue as it ships, for the tools that measure them.
import { readFileSync } from "node:fs";
import { importSource } from "./catalogue/import-source.mjs";
import { packCatalogue } from "./catalogue/pack.mjs";

/**
 * @param exported what to take from where: names by the path of their file, below `server/src`
 * @returns what is exported, and the catalogue
 */
export async function shipped(exported) {
  const files = { ...exported, "catalogue/load.ts": ["loadCatalogue"] };
  const lines = Object.entries(files).map(
    ([file, names]) => `export { ${names.join(", ")} } from "./server/src/${file}";`,
  );
  packCatalogue("out/catalogue.json");
  const { loadCatalogue, ...module } = await importSource(lines.join("\n"));
  return { ...module, catalogue: loadCatalogue(readFileSync("out/catalogue.json", "utf8")) };
}
