/** Every template that ships: it says what it is, draws no finding, keeps its promises, and every part of it is needed for them. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits, type Json } from "../../server/src/syntax/edits.js";
import { itemsOf, memberOf, type ObjectNode } from "../../server/src/syntax/tree.js";
import { brokenPromises } from "./promises.js";
import {
  analyses,
  type Folder,
  notPassed,
  plan,
  runTests,
  scaffolded,
  shipped,
  template,
  write,
} from "./site.js";

/** The names are what people type: they stay. */
const NAMES = [
  "admin-group",
  "analyst-group",
  "billing-viewer",
  "bucket-cloudfront",
  "bucket-cross-account-read",
  "bucket-encryption",
  "bucket-log-delivery",
  "bucket-tls-only",
  "bucket-vpc-endpoint",
  "cross-account-role",
  "developers-and-testers",
  "ec2-role-s3",
  "engineer-group",
  "github-actions-role",
  "lambda-role",
  "mfa-role",
  "permission-set",
  "permissions-boundary",
  "projects-bucket",
  "rcp-organization-perimeter",
  "read-only-auditor",
  "scp-deny-leaving",
  "scp-deny-root",
  "scp-protect-cloudtrail",
  "scp-region-lock",
  "source-bucket",
];

describe("the templates that ship", () => {
  it("are these", () => {
    assert.deepEqual([...shipped.keys()], NAMES);
  });

  for (const name of NAMES) {
    describe(name, () => {
      it("says what it is, and names every file of its folder", () => {
        const { title, description, files, variables } = template(name);
        assert.match(title, /^[A-Z].*[^.]$/);
        assert.match(description, /\.$/);
        const sources = Object.values(JSON.parse(shipped.get(name)!.get("template.json")!).files as object);
        assert.deepEqual(
          [...new Set(sources), "template.json"].sort(),
          [...shipped.get(name)!.keys()].sort(),
        );
        const texts = [
          ...files.map((it) => it.path + it.text),
          JSON.stringify(template(name).account),
        ].join();
        for (const it of variables) {
          if (it.name !== "aws-account-id")
            assert.ok(texts.includes(`<${it.name}>`), `${it.name} is used nowhere`);
        }
      });

      it("is of the kind that it says, and draws no finding", () => {
        const folder = scaffolded(name);
        const found = [...analyses(folder)];
        const kinds = found.flatMap(([, { policies }]) => policies.map(({ kind }) => kind));
        assert.ok(kinds.includes(template(name).kind), `${kinds}`);
        assert.deepEqual(
          found.flatMap(([path, { findings }]) =>
            findings.map((it) => `${path}: ${it.rule.name} ${it.message}`),
          ),
          [],
        );
      });

      it("draws no error, and suppresses nothing that it does not promise", () => {
        const folder = scaffolded(name);
        const suppressed = new Set(template(name).suppressions.map(({ rule }) => rule));
        for (const [path, { findings }] of analyses(folder, false)) {
          for (const it of findings) {
            assert.notEqual(it.severity, "error", `${path}: ${it.rule.name}`);
            assert.ok(
              suppressed.delete(it.rule.name) ||
                template(name).suppressions.some((s) => s.rule === it.rule.name),
            );
          }
        }
        assert.deepEqual([...suppressed], [], "these suppressions hold back nothing");
      });

      it("keeps its promises: what people can do, and what they cannot", () => {
        const folder = scaffolded(name);
        assert.deepEqual(notPassed(folder), []);
        assert.deepEqual(brokenPromises(name, folder), []);
        const asked = runTests(folder).map(({ test }) => test);
        assert.ok(asked.some(({ cannot }) => cannot.length > 0));
        if (name !== "scp-deny-root") assert.ok(asked.some(({ can }) => can.length > 0));
      });

      it("needs every statement and every condition for them", () => {
        const folder = scaffolded(name);
        const unneeded: string[] = [];
        for (const [path, change, without] of mutants(folder)) {
          const changed = new Map(folder).set(path, without);
          if (notPassed(changed).length + brokenPromises(name, changed).length === 0)
            unneeded.push(`${path}: ${change}`);
        }
        assert.deepEqual(unneeded, [], "the access tests do not notice when these are gone");
      });

      it("changes nothing when it is written again", () => {
        const folder = scaffolded(name);
        const again = plan(folder, template(name));
        assert.ok(again.sound);
        assert.deepEqual([...new Set(again.files.map(({ state }) => state))], ["unchanged"]);
      });
    });
  }

  it("go together in one account", () => {
    const folder: Folder = new Map();
    for (const name of NAMES) write(folder, plan(folder, template(name)));
    assert.deepEqual(
      [...analyses(folder)].flatMap(([path, { findings }]) =>
        findings.map((it) => `${path}: ${it.rule.name}`),
      ),
      [],
    );
    for (const name of NAMES) {
      assert.ok(
        plan(folder, template(name)).files.every(({ state }) => state === "unchanged"),
        name,
      );
    }
  });

  it("keep their promises beside each other, where no organisation takes them away", () => {
    const folder: Folder = new Map();
    for (const name of NAMES.filter((it) => !/^(?:scp|rcp)-/.test(it)))
      write(folder, plan(folder, template(name)));
    assert.deepEqual(notPassed(folder), []);
  });

  it("go together on one bucket, and keep their promises; but for what a VPC endpoint takes away", () => {
    const bucket = "one-of-all";
    const together = (names: readonly string[]): Folder => {
      const folder: Folder = new Map();
      const values = {
        bucket,
        "source-bucket": bucket,
        "projects-bucket": bucket,
        "master-copy-bucket": bucket,
      };
      for (const name of names) write(folder, plan(folder, template(name), values));
      for (const name of names)
        assert.ok(
          plan(folder, template(name), values).files.every(({ state }) => state === "unchanged"),
          name,
        );
      const found = [...analyses(folder)].flatMap(([path, { findings }]) =>
        findings.map((it) => `${path}: ${it.rule.name} ${it.message}`),
      );
      assert.deepEqual(found, []);
      return folder;
    };
    const ofBuckets = NAMES.filter((it) => it.startsWith("bucket-"));
    assert.deepEqual(notPassed(together(ofBuckets.filter((it) => it !== "bucket-vpc-endpoint"))), []);
    const all = together([...ofBuckets, "source-bucket", "projects-bucket", "mfa-role"]);
    const policies = [...all.keys()].filter((it) => it.endsWith("bucket-policy.json"));
    assert.deepEqual(policies, [`policies/${bucket}-bucket-policy.json`]);
    assert.deepEqual(notPassed(together(["bucket-tls-only", "bucket-vpc-endpoint"])), []);
  });

  it("are there for every system of the notes, or an example or test is", () => {
    const [, table = ""] =
      /\n\| In the notes .*\n\| --- .*\n((?:\|.*\n)+)/.exec(readFileSync("docs/templates.md", "utf8")) ?? [];
    const rows = table.trim().split("\n");
    assert.ok(rows.length >= 11);
    for (const row of rows) {
      const [, , here = "", heldBy = ""] = row.split("|");
      const name = /`([a-z\d-]+)`/.exec(here)?.[1];
      const file = /`(test\/[^`]+)`/.exec(heldBy)?.[1];
      if (file === undefined) assert.ok(NAMES.includes(name ?? ""), row);
      else assert.ok(existsSync(file), row);
    }
  });
});

/** Each policy without one of its statements, without one condition of a statement. */
function* mutants(folder: Folder): Iterable<readonly [path: string, change: string, text: string]> {
  for (const path of analyses(folder).keys()) {
    const text = folder.get(path)!;
    const { tree, edits } = parseDocument(text, "json");
    const list = memberOf(tree.root as ObjectNode, "Statement")?.value;
    for (const statement of itemsOf(list) as readonly ObjectNode[]) {
      const sid = (memberOf(statement, "Sid")?.value as { value?: Json } | undefined)?.value;
      // A policy without statements is none: the last one turns into one about nothing.
      const gone =
        itemsOf(list).length > 1
          ? edits.removeItem(statement)
          : edits.replaceValue(
              memberOf(statement, "Action")?.value ?? memberOf(statement, "NotAction")!.value!,
              "a4b:*",
            );
      yield [path, `${sid}`, applyEdits(text, gone)];
      const conditions = memberOf(statement, "Condition")?.value;
      for (const operator of conditions?.type === "object" ? conditions.members : []) {
        for (const key of operator.value?.type === "object" ? operator.value.members : []) {
          const only = operator.value?.type === "object" && operator.value.members.length === 1;
          yield [
            path,
            `${sid} ${key.key.value}`,
            applyEdits(text, edits.removeMember(only ? operator : key)),
          ];
        }
      }
    }
  }
}
