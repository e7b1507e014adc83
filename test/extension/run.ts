/** What the extension host calls: runs the mocha tests beside it and writes down how each went. It judges nothing. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";

export async function run(): Promise<void> {
  // The base reporter says nothing by itself: whoever started the extension host reports.
  const mocha = new Mocha({ ui: "bdd", timeout: 90_000, reporter: Mocha.reporters.Base });
  const suite = join(__dirname, process.env.IAM_POLICY_TEST_SUITE ?? ".");
  for (const file of readdirSync(suite).sort()) {
    if (file.endsWith(".test.cjs")) mocha.addFile(join(suite, file));
  }

  const results: { title: string; milliseconds: number; error?: string }[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", (test) => results.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0 }))
      .on("fail", (test, error: Error) =>
        results.push({
          title: test.fullTitle(),
          milliseconds: test.duration ?? 0,
          error: error.stack ?? String(error),
        }),
      )
      .on("pending", (test) => results.push({ title: test.fullTitle(), milliseconds: 0, error: "Skipped." }));
  });
  const path = process.env.IAM_POLICY_TEST_RESULTS;
  if (path === undefined) throw new Error("IAM_POLICY_TEST_RESULTS names no file to write the results to.");
  writeFileSync(path, JSON.stringify(results));
}
