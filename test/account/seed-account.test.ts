/** The example accounts against the table in docs/seed-account.md: which promises the originals break, and that the corrected ones keep all. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type Outcome, runAccessTest } from "../../server/src/account/run-access-tests.js";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { fixAll } from "../../server/src/lint/fix-all.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { diskPorts } from "../../server/src/node/disk.js";
import { AccountFiles } from "../../server/src/workspace/account-files.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { realCatalogue } from "../catalogue/real.js";

const FOLDER = "examples/workspace";
const BROKEN = `${FOLDER}/policies/engineer_access.json`;

describe("the example account", () => {
  it("says of its broken policy where it is broken, and answers about everybody else", () => {
    const { outcomes, problems } = run(`${FOLDER}/role-table.access-test.json`);
    assert.deepEqual(problems, [`${BROKEN} /Statement/5/Action/9`]);
    for (const [name, outcome] of outcomes) {
      assert.equal(outcome === "error", name.endsWith("engineer"), `${name}: ${outcome}`);
    }
  });

  it("breaks the promises that docs/seed-account.md says, once the comma is there", () => {
    const { outcomes, problems } = run(`${FOLDER}/role-table.access-test.json`, (path, text) =>
      path === BROKEN ? repaired(text) : text,
    );
    assert.deepEqual(problems, []);
    const found = new Map<string, string>();
    for (const [name, outcome] of outcomes) {
      const key = `${name.slice(0, 2)} ${name.split(" · ").at(-1)}`;
      const kept = outcome === "passed" && found.get(key) !== "broken";
      found.set(key, kept ? "kept" : "broken");
    }
    assert.deepEqual(found, documented());
  });

  it("keeps them all when corrected", () => {
    const { outcomes, problems } = run(`${FOLDER}/corrected/role-table.access-test.json`);
    assert.deepEqual(problems, []);
    assert.deepEqual([...new Set(outcomes.values())], ["passed"]);
    const originals = run(`${FOLDER}/role-table.access-test.json`).outcomes;
    const rows = [...outcomes.keys()].filter((name) => /^\d/.test(name));
    assert.equal(rows.length, originals.size, "the corrected account is not asked every row");
  });

  it("lets administrators do what the notes say only when corrected", () => {
    assert.deepEqual(
      [...run(`${FOLDER}/admin.access-test.json`).outcomes.values()],
      ["failed", "passed", "passed"],
    );
    assert.deepEqual(
      [...run(`${FOLDER}/corrected/admin.access-test.json`).outcomes.values()],
      ["passed", "passed", "passed"],
    );
  });
});

function run(path: string, change: (path: string, text: string) => string = (_, text) => text) {
  const disk = diskPorts();
  const files = new AccountFiles(
    {
      ...disk,
      readFile: (file) => {
        const text = disk.readFile(file);
        return text === undefined ? undefined : change(file, text);
      },
    },
    (file) => file,
  );
  const { account, tests, problems } = files.accessTests(path);
  assert.ok(account !== undefined);
  const outcomes = new Map<string, Outcome>();
  for (const test of tests) outcomes.set(test.name, runAccessTest(test, account, realCatalogue()).outcome);
  assert.equal(outcomes.size, tests.length, "two tests of one name");
  return { outcomes, problems: problems.map((it) => `${it.file} ${it.pointer}`) };
}

/** The comma inserted, as `iam-policy lint --fix` does. */
function repaired(text: string): string {
  const configuration = defaultConfiguration(rules);
  const input = {
    language: "json",
    path: BROKEN,
    configuration,
    catalogue: realCatalogue(),
    today: "2026-01-01",
  } as const;
  return fixAll(text, (it) => analyse({ ...input, text: it }).findings).text;
}

function documented(): Map<string, string> {
  const table = readFileSync("docs/seed-account.md", "utf8").matchAll(
    /^\| (\d\d) \| [^|]+ \| (kept|broken) \| (kept|broken) \|$/gm,
  );
  const cells = new Map<string, string>();
  for (const [, row, engineer = "", analyst = ""] of table) {
    cells.set(`${row} engineer`, engineer);
    cells.set(`${row} analyst`, analyst);
  }
  assert.equal(cells.size, 32, "the table in the page has 16 rows");
  return cells;
}
