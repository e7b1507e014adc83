// The analysis as it ships, bundled for the tools that measure it.
import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { packCatalogue } from "../catalogue/pack.mjs";

/** A function from a text to its findings, with the recommended rules. */
export async function analyser({ preset = "recommended", kind } = {}) {
  const outfile = "out/conformance/analysis.mjs";
  await build({
    stdin: {
      contents: `export { analyse } from "./server/src/workspace/analysis.ts";
        export { readConfiguration } from "./server/src/lint/configuration.ts";
        export { rules } from "./server/src/lint/rules/index.ts";
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
  const { analyse, readConfiguration, rules, loadCatalogue } = await import(
    pathToFileURL(resolve(outfile)).href
  );
  const catalogue = loadCatalogue(readFileSync("out/catalogue.json", "utf8"));
  const { configuration } = readConfiguration(JSON.stringify({ preset }), rules);
  const options = {
    language: "json",
    path: "policy.json",
    configuration,
    catalogue,
    kind,
    today: "2026-01-01",
  };
  return { rules, findingsOf: (text) => analyse({ ...options, text }).findings };
}
