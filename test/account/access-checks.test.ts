/** The checks of access: which policies fail, by which request and statement; each request is decided again. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CheckFailure } from "../../server/src/account/access-check.js";
import { checkAccessNotGranted } from "../../server/src/account/check-access-not-granted.js";
import { checkNoNewAccess } from "../../server/src/account/check-no-new-access.js";
import { checkNoPublicAccess } from "../../server/src/account/check-no-public-access.js";
import { askersOf, requestUnder } from "../../server/src/account/diff-policies.js";
import { decide } from "../../server/src/evaluate/decide.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { ask, objectArn, policy, statements, TEAM, words } from "./small-world.js";

interface Row {
  readonly name: string;
  readonly check: string;
  readonly reference?: readonly object[];
  readonly policy: readonly object[];
  readonly action?: readonly string[];
  readonly resource?: readonly string[];
  readonly type?: string;
  /** `WHO: ACTION on RESOURCE with CONTEXT by STATEMENT` */
  readonly fails: readonly string[];
}

const catalogue = fakeCatalogue();
const rows = JSON.parse(readFileSync("test/account/access-checks/table.json", "utf8")) as readonly Row[];

for (const check of new Set(rows.map((row) => row.check))) {
  describe(check, () => {
    for (const row of rows.filter((it) => it.check === check)) {
      it(row.name, () => {
        const document = policy(row.policy);
        const failures = run(row, document);
        assert.deepEqual(failures.map(shown), row.fails);
        for (const failure of failures) confirm(document, failure, row);
      });
    }
  });
}

it("finds what is granted as brute force does", () => {
  const names = words(["a", "b"], 3);
  const patterns = ["*", "b/*", "b/a*", "b/*a", "b/?b*", "b/ab", "b/?"].map(objectArn);
  const requests = ["s3:GetObject", "s3:PutObject"].flatMap((action) =>
    names.flatMap((name) =>
      [{}, { [TEAM]: "a" }, { [TEAM]: "b" }].map((context) => ({
        action,
        resource: objectArn(`b/${name}`),
        context: { ...context, "aws:SecureTransport": "true" },
      })),
    ),
  );
  const small = statements({
    actions: ["s3:GetObject", "s3:Put*", "s3:*"],
    resources: patterns,
    conditions: [
      ["StringEquals", TEAM, "a"],
      ["StringNotEquals", TEAM, "a"],
    ],
  });
  let granted = 0;
  const arns = fc.subarray([...patterns], { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(small, fc.constantFrom("s3:GetObject", "s3:PutObject"), arns, (list, action, resources) => {
      const document = policy(list);
      const asked = policy([{ Effect: "Allow", Action: action, Resource: resources }]);
      const expected = requests.some(
        (it) =>
          ask(asked, it.action, it.resource, it.context) === "allowed" &&
          ask(document, it.action, it.resource, it.context) === "allowed",
      );
      const failures = checkAccessNotGranted(document, { actions: [action], resources }, catalogue);
      if (expected) granted++;
      if (expected) assert.ok(failures.length > 0);
      for (const { witness } of failures) {
        assert.ok(witness !== undefined);
        for (const it of [asked, document])
          assert.equal(ask(it, witness.action, witness.resource, witness.context), "allowed");
      }
    }),
    { numRuns: 100 },
  );
  assert.ok(granted > 10);
});

function run(row: Row, document: Policy): readonly CheckFailure[] {
  switch (row.check) {
    case "no-new-access":
      return checkNoNewAccess(policy(row.reference ?? []), document, catalogue);
    case "access-not-granted":
      return checkAccessNotGranted(
        document,
        { actions: row.action ?? ["*"], resources: row.resource ?? ["*"] },
        catalogue,
      );
    case "no-public-access":
      return checkNoPublicAccess(document, row.type, catalogue);
    default:
      throw new Error(`there is no check ${row.check}`);
  }
}

/** The request is allowed by the policy and, where there is one, not by the reference. */
function confirm(document: Policy, { who, witness }: CheckFailure, { reference }: Row): void {
  if (witness === undefined) return;
  const asker = askersOf([document]).find((it) => it.who === who);
  if (asker === undefined) return;
  const { action, resource, context } = witness;
  const under = (it: Policy) => decide(requestUnder(it, asker, action, resource, context), catalogue);
  assert.equal(under(document), "allowed");
  if (reference !== undefined) assert.notEqual(under(policy(reference)), "allowed");
}

function shown({ who, witness, statements: by }: CheckFailure): string {
  const from = by.map(({ index }) => index).join();
  if (witness === undefined) return `${who}: no request by ${from}`;
  const context = Object.entries(witness.context).map(([key, value]) => `${key}=${String(value)}`);
  const under = context.length === 0 ? "" : ` with ${context.join(" ")}`;
  return `${who}: ${witness.action} on ${witness.resource}${under} by ${from}`;
}
