// Completion as it ships, bundled for the tools that measure it.
import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { packCatalogue } from "../catalogue/pack.mjs";

export async function completer() {
  const outfile = "out/assist/complete.mjs";
  await build({
    stdin: {
      contents: `export { complete } from "./server/src/assist/completion/complete.ts";
        export { readUsage } from "./server/src/assist/usage.ts";
        export { loadCatalogue } from "./server/src/catalogue/load.ts";`,
      resolveDir: ".",
    },
    outfile,
    bundle: true,
    format: "esm",
    logLevel: "warning",
  });
  mkdirSync("out", { recursive: true });
  packCatalogue("out/catalogue.json");
  const { complete, readUsage, loadCatalogue } = await import(pathToFileURL(resolve(outfile)).href);
  return { complete, readUsage, catalogue: loadCatalogue(readFileSync("out/catalogue.json", "utf8")) };
}
