// Writes everything that is stated elsewhere: `npm run generate`, or with `--check` only says what is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { globSync } from "../glob.mjs";
import * as ruleIndex from "./rule-index.mjs";
import { renderRulesTable } from "./rules-table.mjs";
import * as templatesTable from "./templates-table.mjs";

/** Paths and texts of the generated files that do not match what is on disk. Writes nothing. */
export async function outdated() {
  const index = { path: ruleIndex.path, text: ruleIndex.render() };
  // Everything else is told by the rules, the new ones included: first the index has to name them.
  if (!matches(index)) return [index];
  const { rules, renewPage, configurationSchema } = await loadRules();
  const pages = globSync("docs/rules", /\.md$/).flatMap((path) => {
    const rule = rules.find(({ name }) => path.endsWith(`/${name}.md`));
    return rule === undefined ? [] : [{ path, text: renewPage(readFileSync(path, "utf8"), rule) }];
  });
  const files = [
    ...pages,
    { path: templatesTable.path, text: templatesTable.render() },
    { path: "docs/rules/README.md", text: renderRulesTable(rules) },
    {
      path: "schemas/iam-policy.config.schema.json",
      text: `${JSON.stringify(configurationSchema(rules), null, 2)}\n`,
    },
  ];
  return files.filter((file) => !matches(file));
}

function matches({ path, text }) {
  return existsSync(path) && readFileSync(path, "utf8") === text;
}

async function loadRules() {
  const outfile = "out/generate/rules.mjs";
  await build({
    stdin: {
      contents: `export { rules } from "./server/src/lint/rules/index.ts";
        export { renewPage } from "./server/src/lint/page.ts";
        export { configurationSchema } from "./server/src/lint/configuration-schema.ts";`,
      resolveDir: ".",
    },
    outfile,
    bundle: true,
    format: "esm",
    logLevel: "warning",
  });
  return import(`${pathToFileURL(resolve(outfile)).href}?${Date.now()}`);
}

async function main() {
  if (process.argv.includes("--check")) {
    const files = await outdated();
    for (const { path } of files) console.log(`${path} is out of date`);
    if (files.length === 0) return;
    console.error("Run `npm run generate`.");
    process.exitCode = 1;
    return;
  }
  // Twice at most: a new index brings new rules to tell about.
  for (let round = 0; round < 2; round++) {
    for (const { path, text } of await outdated()) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      console.log(`wrote ${path}`);
    }
  }
}

if (process.argv[1]?.endsWith("generate.mjs")) await main();
