/** Calls on an account that was empty, one table: the facts that they leave, or the kind, code and words of the error. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { ApiCall } from "../../../server/src/account/change/api-call.js";
import { factsOfSnapshot } from "../../../server/src/account/change/facts-of-snapshot.js";
import { performOn } from "../../../server/src/account/change/perform-on.js";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { TargetError } from "../../../server/src/account/change/target.js";

interface Case {
  readonly name: string;
  readonly calls: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  readonly gives?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly fails?: string;
}

const HOME = { accountId: "111122223333", partition: "aws" };
const EMPTY: Snapshot = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
const table = JSON.parse(readFileSync("test/account/change/perform.json", "utf8")) as {
  about: string;
  cases: readonly Case[];
};

describe(table.about, () => {
  for (const { name, calls, gives, fails } of table.cases) {
    it(name, () => {
      const run = () => calls.reduce((snapshot, call) => performOn(snapshot, callOf(call), HOME), EMPTY);
      if (fails !== undefined) {
        const [kind, words = "?"] = fails.split(" | ");
        assert.throws(run, (error) => {
          assert.ok(error instanceof TargetError, String(error));
          assert.equal(`${error.kind} ${error.code}`, kind);
          assert.ok(error.message.includes(words), error.message);
          return true;
        });
        return;
      }
      const facts = [...factsOfSnapshot(run())].map(([subject, parts]) => [
        subject,
        Object.fromEntries(parts),
      ]);
      if (gives !== undefined) assert.deepEqual(Object.fromEntries(facts), gives);
    });
  }
});

function callOf([operation, input]: Case["calls"][number]): ApiCall {
  return { service: operation.includes("Bucket") ? "s3" : "iam", operation, input } as unknown as ApiCall;
}
