// Writes everything that is stated elsewhere: `npm run generate`, or with `--check` only says what is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as ruleIndex from "./rule-index.mjs";

/** Paths and texts of all generated files that do not match what is on disk. */
export async function outdated() {
  const files = [{ path: ruleIndex.path, text: ruleIndex.render() }];
  return files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, "utf8") !== text);
}

if (process.argv[1]?.endsWith("generate.mjs")) {
  const check = process.argv.includes("--check");
  const files = await outdated();
  for (const { path, text } of files) {
    console.log(check ? `${path} is out of date` : `wrote ${path}`);
    if (check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (check && files.length > 0) {
    console.error("Run `npm run generate`.");
    process.exit(1);
  }
}
