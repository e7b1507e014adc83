// Writes everything that is stated elsewhere: `npm run generate`, or with `--check` only says what is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { globSync } from "../glob.mjs";
import * as ruleIndex from "./rule-index.mjs";
import { renderRulesTable } from "./rules-table.mjs";

/** Paths and texts of all generated files that do not match what is on disk. */
export async function outdated() {
  return (await generated()).filter(
    ({ path, text }) => !existsSync(path) || readFileSync(path, "utf8") !== text,
  );
}

async function generated() {
  const index = { path: ruleIndex.path, text: ruleIndex.render() };
  // Everything else is told by the rules themselves, the new ones included.
  if (!existsSync(index.path) || readFileSync(index.path, "utf8") !== index.text)
    writeFileSync(index.path, index.text);
  const { rules, renewPage, configurationSchema } = await loadRules();
  const pages = globSync("docs/rules", /\.md$/).flatMap((path) => {
    const rule = rules.find(({ name }) => path.endsWith(`/${name}.md`));
    return rule === undefined ? [] : [{ path, text: renewPage(readFileSync(path, "utf8"), rule) }];
  });
  return [
    index,
    ...pages,
    { path: "docs/rules/README.md", text: renderRulesTable(rules) },
    {
      path: "schemas/iam-policy.config.schema.json",
      text: `${JSON.stringify(configurationSchema(rules), null, 2)}\n`,
    },
  ];
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

if (process.argv[1]?.endsWith("generate.mjs")) {
  const check = process.argv.includes("--check");
  const before = existsSync(ruleIndex.path) ? readFileSync(ruleIndex.path, "utf8") : "";
  const files = await outdated();
  if (before !== ruleIndex.render()) files.unshift({ path: ruleIndex.path, text: ruleIndex.render() });
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
