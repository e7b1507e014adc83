// Bundles and runs the tests that need no editor: `npm run unit`, or `npm run unit -- lint` for the files named so.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { globSync } from "./glob.mjs";

const filters = process.argv.slice(2);
const files = globSync("test", /\.test\.ts$/).filter(
  (file) =>
    !file.startsWith("test/extension/") && (filters.length === 0 || filters.some((it) => file.includes(it))),
);
if (files.length === 0) {
  console.error(`No test file matches ${filters.join(" ") || "test/**/*.test.ts"}.`);
  process.exit(1);
}
rmSync("out/test", { recursive: true, force: true });
await build({
  entryPoints: files,
  outdir: "out/test",
  outbase: "test",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});
const built = files.map((file) => file.replace(/^test/, "out/test").replace(/\.ts$/, ".mjs"));
const reporters = [
  "--test-reporter=spec",
  "--test-reporter-destination=stdout",
  // For `npm test`, which adds up all suites.
  "--test-reporter=./tools/count-tests.mjs",
  "--test-reporter-destination=out/test/counts.json",
];
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...reporters, ...built], {
  stdio: "inherit",
});
process.exit(run.status ?? 1);
