// Packs templates/ into one file beside the bundles: texts by path, by template.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { globSync } from "./glob.mjs";

export function packTemplates(file) {
  const packed = {};
  for (const path of globSync("templates", /./)) {
    const [, name, inside] = /^templates\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (name === undefined) continue;
    packed[name] ??= {};
    packed[name][inside] = readFileSync(path, "utf8");
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(packed));
}
