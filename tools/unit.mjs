// Bundles and runs the tests that need no editor: `npm run unit`, or `npm run unit -- lint` for the files named so.
import { globSync } from "./glob.mjs";
import { runSuites } from "./suites.mjs";

const filters = process.argv.slice(2);
const files = globSync("test", /\.test\.ts$/).filter(
  (file) =>
    !file.startsWith("test/extension/") && (filters.length === 0 || filters.some((it) => file.includes(it))),
);
if (files.length === 0) {
  console.error(`No test file matches ${filters.join(" ") || "test/**/*.test.ts"}.`);
  process.exit(1);
}
const { status } = await runSuites(files, "out/test");
process.exit(status);
