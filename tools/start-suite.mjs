// Runs `npm start -- --no-open` as a newcomer does, and looks at what it prints; then asks both programs who they are.
// The build has to be there.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const SAID = [
  ["the missing comma of the engineer policy", /engineer_access\.json[\s\S]*missing-comma/],
  [
    "the folder in VS Code, with the engineer policy open at its missing comma",
    /engineer_access\.json(:\d+:\d+)[^\n]*missing-comma[\s\S]*^ {2}(?:http:\/\/127\.0\.0\.1:\d+\/\S*folder=|code .*--extensionDevelopmentPath=).*engineer_access\.json\1\b/m,
  ],
];

/** @returns {{ passed: number, failed: number }} */
export function runStartSuite() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/start.mjs", "--no-open"], {
    encoding: "utf8",
    timeout: 300_000,
  });
  const readable = stdout.replaceAll("%3A", ":");
  const failures = SAID.filter(([, expected]) => !expected.test(readable)).map(
    ([what]) => `It does not name ${what}.`,
  );
  if (status !== 0) failures.push(`It ended with ${status}.`);
  const { version, bin } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const [name, path] of Object.entries(bin)) {
    const said = spawnSync(process.execPath, [path, "--version"], { encoding: "utf8" });
    if (said.status !== 0 || !said.stdout.includes(version))
      failures.push(`${name} does not say its version.`);
  }
  if (failures.length > 0) console.error([...failures, "What it printed:", stdout, stderr].join("\n"));
  return { passed: failures.length === 0 ? 1 : 0, failed: failures.length === 0 ? 0 : 1 };
}
