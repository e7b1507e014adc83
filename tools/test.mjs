// `npm test`: installs what is missing, builds, and runs every check and every suite. Its last line adds them up.
import { rmSync } from "node:fs";
import { prepare } from "./prepare.mjs";
import { npm, run } from "./run.mjs";
import { exitWith } from "./trouble.mjs";

const UNIT_COUNTS = "out/test/counts.json";

const total = { passed: 0, failed: 0 };

await test().catch((error) => {
  total.failed++;
  if (total.passed > 0) console.log(closingLine());
  exitWith(error);
});

async function test() {
  prepare();
  // `npm run verify` is these and the unit suites.
  check("Types", "types");
  check("Format and lint", "lint");
  check("Generated files", "generate", "--", "--check");
  await unitSuites();
  await motoSuite();
  await startSuite();
  await extensionSuite();
  console.log(`\n${closingLine()}`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function check(title, script, ...args) {
  console.log(`\n${title} …`);
  if (npm(["run", "--silent", script, ...args])) return;
  total.failed++;
  console.error(`${title}: failed.`);
}

async function unitSuites() {
  console.log("\nUnit suites …");
  const { countsIn } = await import("./suites.mjs");
  rmSync(UNIT_COUNTS, { force: true });
  // An apply is killed at every moment there is, which takes its time.
  const env = { ...process.env, EVERY_MOMENT: "1" };
  const succeeded = run(process.execPath, ["tools/unit.mjs"], { env });
  addCounts("unit suites", { succeeded, counts: countsIn(UNIT_COUNTS) });
}

async function motoSuite() {
  console.log("\nSuite against moto …");
  try {
    const { runMotoSuite } = await import("./moto.mjs");
    addCounts("suite against moto", await runMotoSuite());
  } catch (error) {
    // Without moto the suites that follow can still run.
    total.failed++;
    console.error(error.message);
  }
}

/** A skipped test has not passed, and a file that cannot even be read ends the run without a failed test. */
function addCounts(suite, { succeeded, counts }) {
  const fails = counts.failed + counts.skipped;
  if (counts.skipped > 0) console.error(`${counts.skipped} tests were skipped, which is not passing.`);
  add(suite, counts.passed, succeeded ? fails : Math.max(fails, 1));
}

async function startSuite() {
  console.log("\nnpm start -- --no-open …");
  const { runStartSuite } = await import("./start-suite.mjs");
  const { passed, failed } = runStartSuite();
  add("start", passed, failed);
}

async function extensionSuite() {
  console.log("\nExtension suite …");
  const { runExtensionTests } = await import("./vscode/run-extension-tests.mjs");
  const { host, tests } = await runExtensionTests();
  console.log(`Extension host: ${host}`);
  for (const { title, milliseconds, error } of tests) {
    console.log(`${error === undefined ? "✔" : "✖"} ${title} (${milliseconds} ms)`);
    if (error !== undefined) console.error(error.replace(/^/gm, "    "));
  }
  const failed = tests.filter(({ error }) => error !== undefined).length;
  add("extension suite", tests.length - failed, failed);
}

/** A suite that ran nothing has failed. */
function add(suite, passed, failed) {
  if (passed + failed === 0) {
    console.error(`The ${suite} ran no test.`);
    total.failed++;
  }
  total.passed += passed;
  total.failed += failed;
}

function closingLine() {
  return `${total.passed} passed, ${total.failed} failed`;
}
