/** Reading accounts, snapshots and access tests never throws, nor do the rules about them: on any prefix of them, and with any part of another type. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readAccessTestFile, readAccessTests } from "../../server/src/account/access-test.js";
import { readManagedPolicies } from "../../server/src/account/managed-policies.js";
import { findPrincipal, principalsOf } from "../../server/src/account/principal.js";
import { readAccount } from "../../server/src/account/read-account.js";
import { runAccessTest } from "../../server/src/account/run-access-tests.js";
import { privilegeEscalation } from "../../server/src/lint/rules/security/privilege-escalation.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { lintText } from "../lint/lint-text.js";
import type { Scene } from "../lint/spec.js";

const ACCOUNT: Scene = { kind: undefined, resource: undefined, variables: {}, isAccount: true };

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const accounts = readdirSync("test/account")
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(`test/account/${file}`, "utf8")).cases as { account: Json }[])
  .map(({ account }) => account);
const soundTests: Json = JSON.parse(
  readFileSync("examples/workspace/corrected/admin.access-test.json", "utf8"),
);
const OTHERS: readonly Json[] = [null, 7, "x", [[]], { a: { b: 1 } }, "<y>"];
const catalogue = fakeCatalogue();

describe("any account", () => {
  it("reads in every prefix", () => {
    let read = 0;
    for (const account of accounts) {
      const text = typeof account === "string" ? account : JSON.stringify(account);
      for (let end = 0; end <= text.length; end += 7, read++) use(text.slice(0, end));
    }
    assert.ok(read > 3000);
  });

  it("reads with any part replaced by something of another type", () => {
    let read = 0;
    for (const account of accounts) {
      for (const changed of replacements(account)) {
        use(JSON.stringify(changed));
        read++;
      }
    }
    assert.ok(read > 3000);
  });
});

it("any access test reads and runs with any part replaced", () => {
  const { account } = readAccount(
    {
      file: "a",
      text: '{"account":"111122223333","groups":{"admin":{"inline":{"p":{"Statement":[]}}}}}',
    },
    () => undefined,
    () => undefined,
  );
  assert.ok(account !== undefined);
  for (const changed of [soundTests, ...replacements(soundTests)]) {
    const file = readAccessTestFile({ file: "t", text: JSON.stringify(changed) });
    for (const test of readAccessTests(file, account).tests) runAccessTest(test, account, catalogue);
  }
});

it("any file of managed policies reads with any part replaced", () => {
  const sound: Json = {
    ReadIt: {
      arn: "arn:aws:iam::aws:policy/ReadIt",
      latestVersionId: "v1",
      versions: { v1: { document: {} } },
    },
    Policies: [{ Arn: "arn:aws:iam::aws:policy/Two", PolicyVersionList: [{ Document: { Statement: [] } }] }],
  };
  for (const changed of replacements(sound)) {
    const { source } = readManagedPolicies({ file: "m", text: JSON.stringify(changed) });
    for (const name of ["ReadIt", "Two", "arn:aws:iam::aws:policy/Two", ""]) source(name);
  }
});

let used = 0;

function use(text: string): void {
  const { account, problems } = readAccount(
    { file: "iam-account.json", text },
    (path) => (path.length > 1 ? { file: path, text: '{"Statement":{}}' } : undefined),
    () => undefined,
  );
  for (const { start, end } of problems) assert.ok(start <= end && end <= Math.max(text.length, 1));
  if (account === undefined) {
    assert.ok(problems.length > 0, `nothing is said about ${text}`);
    return;
  }
  for (const name of principalsOf(account)) findPrincipal(account, name);
  // A rule that throws makes this throw. One text in ten says as much as all.
  if (used++ % 10 === 0) lintText([privilegeEscalation], text, ACCOUNT);
}

/** The value with one of its parts, in turn, replaced by each of the others. */
function* replacements(value: Json): Generator<Json> {
  yield* OTHERS;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const changed of replacements(item)) yield value.with(index, changed);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      for (const changed of replacements(item as Json)) yield { ...value, [key]: changed };
    }
  }
}
