/** A folder in memory that templates are written to, with what the tools say about what is in it. */
import assert from "node:assert/strict";
import { posix } from "node:path";
import { ACCESS_TEST_FILE } from "../../server/src/account/access-test.js";
import { describeProblem } from "../../server/src/account/problem.js";
import { type AccessTestResult, runAccessTest } from "../../server/src/account/run-access-tests.js";
import {
  CONFIGURATION_FILE,
  defaultConfiguration,
  readConfiguration,
} from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { templatesIn } from "../../server/src/node/disk-templates.js";
import { chooseValues, rememberedValues } from "../../server/src/scaffold/choose-values.js";
import { planScaffold, type ScaffoldPlan } from "../../server/src/scaffold/plan-scaffold.js";
import { readTemplate } from "../../server/src/scaffold/read-template.js";
import type { Template } from "../../server/src/scaffold/template.js";
import { AccountFiles } from "../../server/src/workspace/account-files.js";
import { type Analysis, analyse } from "../../server/src/workspace/analysis.js";
import { realCatalogue } from "../catalogue/real.js";

export type Folder = Map<string, string>;

export const shipped = templatesIn("templates");

export function template(name: string): Template {
  const folder = shipped.get(name);
  assert.ok(folder, `there is no template ${name}`);
  const { template: read, problems } = readTemplate(name, folder, `templates/${name}`);
  assert.deepEqual(problems.map(describeProblem), []);
  return read!;
}

/** The example values, or others. */
export function plan(
  folder: Folder,
  of: Template,
  others: Readonly<Record<string, string>> = {},
): ScaffoldPlan {
  const given = new Map(of.variables.map(({ name, example }) => [name, others[name] ?? example]));
  const remembered = rememberedValues(folder.get("iam-account.json") ?? "");
  const { values, missing, problems } = chooseValues(of, given, remembered, realCatalogue());
  assert.deepEqual([...missing, ...problems], []);
  return planScaffold(of, values, {
    read: (path) => folder.get(path),
    configuration: { path: CONFIGURATION_FILE, text: folder.get(CONFIGURATION_FILE), prefix: "" },
  });
}

export function write(folder: Folder, { sound, files, conflicts }: ScaffoldPlan): void {
  assert.ok(sound, `${conflicts.join("\n")}\n${files.map((it) => `${it.state} ${it.path}`).join("\n")}`);
  for (const { path, text } of files) folder.set(path, text);
}

export function scaffolded(name: string, others?: Readonly<Record<string, string>>): Folder {
  const folder: Folder = new Map();
  write(folder, plan(folder, template(name), others));
  return folder;
}

/** The policies of the folder under its own configuration, or under none. */
export function analyses(folder: Folder, configured = true): ReadonlyMap<string, Analysis> {
  const text = configured ? folder.get(CONFIGURATION_FILE) : undefined;
  const read = text === undefined ? undefined : readConfiguration(text, rules);
  assert.deepEqual(read?.problems ?? [], []);
  const configuration = read?.configuration ?? defaultConfiguration(rules);
  const found = new Map<string, Analysis>();
  for (const [path, it] of folder) {
    const input = { text: it, language: "json", path, configuration, catalogue: realCatalogue() } as const;
    const analysis = analyse({ ...input, today: "2026-01-01" });
    if (analysis.policies.length > 0) found.set(path, analysis);
  }
  return found;
}

/** Every access test of the folder. */
export function runTests(folder: Folder): readonly AccessTestResult[] {
  const ports = {
    readFile: (path: string) => folder.get(path),
    parentFolder: (path: string) => posix.dirname(path),
    join: (base: string, name: string) => posix.join(base, name),
  };
  const files = new AccountFiles(ports, (path) => path);
  return [...folder.keys()]
    .filter((path) => ACCESS_TEST_FILE.test(path))
    .flatMap((path) => {
      const { account, tests, problems } = files.accessTests(path);
      assert.deepEqual(problems.map(describeProblem), []);
      return tests.map((test) => runAccessTest(test, account!, realCatalogue()));
    });
}

export function notPassed(folder: Folder): readonly string[] {
  return runTests(folder)
    .filter(({ outcome }) => outcome !== "passed")
    .map(({ test, errors, failures }) =>
      [
        `${test.name}:`,
        ...errors,
        ...failures.map((it) => `${it.as} ${it.expected} ${it.asked} ${it.resource}`),
      ].join("\n  "),
    );
}
