// Bundles test files and runs them under node:test. It counts what it ran for `npm test`, which adds up all suites.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

/** @returns whether the run succeeded, and the counts of `count-tests.mjs`; none where nothing could be run */
export async function runSuites(files, outdir, env = {}) {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: files,
    outdir,
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
  const built = files.map((file) => file.replace(/^test/, outdir).replace(/\.ts$/, ".mjs"));
  const countsFile = `${outdir}/counts.json`;
  const reporters = [
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=./tools/count-tests.mjs",
    `--test-reporter-destination=${countsFile}`,
  ];
  const options = ["--enable-source-maps", "--import=./tools/seed.mjs", "--test"];
  const { status } = spawnSync(process.execPath, [...options, ...reporters, ...built], {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return { succeeded: status === 0, status: status ?? 1, counts: countsIn(countsFile) };
}

export function countsIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { passed: 0, failed: 0, skipped: 0 };
}
