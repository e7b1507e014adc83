/** The catalogue that ships, packed first where that was not done yet. For the suite on AWS's data alone. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Catalogue } from "../../server/src/catalogue/catalogue.js";
import { loadCatalogue } from "../../server/src/catalogue/load.js";

let loaded: Catalogue | undefined;

export function realCatalogue(): Catalogue {
  loaded ??= loadCatalogue(packedText());
  return loaded;
}

export function packedText(): string {
  execFileSync(process.execPath, ["tools/catalogue/pack.mjs"], { stdio: "inherit" });
  return readFileSync("out/catalogue.json", "latin1");
}
