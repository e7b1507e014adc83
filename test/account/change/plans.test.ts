/**
 * Plans as tables: the account as it was made by one account file, another file, and the steps in words. `$read` and the
 * like stand for documents.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { driftOf } from "../../../server/src/account/change/drift.js";
import { factsOfSnapshot } from "../../../server/src/account/change/facts-of-snapshot.js";
import { hasErrors } from "../../../server/src/account/change/plan.js";
import { planChanges } from "../../../server/src/account/change/plan-changes.js";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { type AccountFile, accountOf, emptySnapshot, observedAs } from "./accounts.js";

interface Case {
  readonly name: string;
  readonly before: AccountFile;
  /** What was applied between. */
  readonly then?: AccountFile;
  readonly after: AccountFile;
  readonly deletions?: boolean;
  readonly prune?: boolean;
  readonly only?: readonly string[];
  readonly noBuckets?: boolean;
  /** Observed by somebody who may only read what `GetAccountAuthorizationDetails` gives. */
  readonly untold?: boolean;
  readonly steps: readonly string[];
  readonly withheld?: readonly string[];
  readonly unmanaged?: readonly string[];
  /** Severity, subject and a part of the message. */
  readonly problems?: readonly string[];
  /** What inline policies say in the end. */
  readonly inline?: readonly string[];
}

const statement = (Effect: string, Action: string, more: object = { Resource: "*" }) => ({
  Effect,
  Action,
  ...more,
});
const policy = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const onLogs = (Effect: string, Action: string) =>
  statement(Effect, Action, { Principal: "*", Resource: "arn:aws:s3:::logs/*" });
const DOCUMENTS: Readonly<Record<string, object>> = {
  $read: policy(statement("Allow", "s3:GetObject")),
  $write: policy(statement("Allow", "s3:PutObject")),
  $all: policy(statement("Allow", "*")),
  $deny: policy(statement("Deny", "iam:*")),
  $allAndDeny: policy(statement("Allow", "*"), statement("Deny", "iam:*")),
  $allowADenyB: policy(statement("Allow", "sqs:A*"), statement("Deny", "sqs:B*")),
  $allowB: policy(statement("Allow", "sqs:B*")),
  $allowCDenyD: policy(statement("Allow", "sqs:C*"), statement("Deny", "sqs:D*")),
  $allowD: policy(statement("Allow", "sqs:D*")),
  $trust: policy(statement("Allow", "sts:AssumeRole", { Principal: { Service: "ec2.amazonaws.com" } })),
  $openTrust: policy(statement("Allow", "sts:AssumeRole", { Principal: { AWS: "444455556666" } })),
  $trustA: policy(
    statement("Allow", "sts:AssumeRole", { Principal: { AWS: "arn:aws:iam::111122223333:role/a" } }),
  ),
  $trustB: policy(
    statement("Allow", "sts:AssumeRole", { Principal: { AWS: "arn:aws:iam::111122223333:role/b" } }),
  ),
  $bucket: policy(onLogs("Allow", "s3:GetObject")),
  $bucketDeny: policy(onLogs("Deny", "s3:GetObject")),
};

const text = readFileSync("test/account/change/plans.json", "utf8");
const table = JSON.parse(text, (_key, value) => DOCUMENTS[value] ?? value) as {
  readonly about: string;
  readonly cases: readonly Case[];
};

describe(table.about, () => {
  for (const one of table.cases) {
    it(one.name, () => {
      const { before, after, deletions = true, prune = false, only = [] } = one;
      const start = one.noBuckets === true ? emptySnapshot() : observedAs(before, after);
      const told =
        one.then === undefined ? start : planChanges(accountOf(one.then), start, { deletions: true }).result;
      const observed = one.untold === true ? untold(told) : told;
      const { plan, result } = planChanges(accountOf(after), observed, { deletions, prune, only });
      const words = plan.steps.map((it) => (it.section === "delete" ? `delete: ${it.words}` : it.words));
      assert.deepEqual(words, one.steps);
      assert.deepEqual(
        plan.withheld.map((it) => it.words),
        one.withheld ?? [],
      );
      assert.deepEqual(plan.unmanaged, one.unmanaged ?? plan.unmanaged);
      const problems = plan.problems.map((it) => [`${it.severity} ${it.about ?? ""}`, it.message] as const);
      assert.deepEqual(
        problems.map(([head]) => head),
        (one.problems ?? []).map((it) => it.split(" | ")[0]),
        JSON.stringify(problems, null, 2),
      );
      one.problems?.forEach((expected, index) => {
        const [, words = "?"] = expected.split(" | ");
        assert.ok(problems[index]?.[1].includes(words), `${expected}\n${problems[index]?.[1]}`);
      });
      for (const line of one.inline ?? []) {
        const [subject, name, document] = line.split(" ");
        const said = factsOfSnapshot(result)
          .get(subject as `role/${string}`)
          ?.get(`inline/${name}`);
        assert.deepEqual(JSON.parse(said ?? "null"), DOCUMENTS[document ?? ""]);
      }
      if (prune || only.length > 0 || hasErrors(plan)) return;
      // A file differs from the account where its plan has something to do, and nowhere else.
      const drifted = new Set(driftOf(accountOf(after), observed).map(({ subject }) => subject));
      const touched = [...plan.steps, ...plan.withheld].flatMap(({ changes }) =>
        changes.map(({ subject }) => subject),
      );
      assert.deepEqual([...drifted].sort(), [...new Set(touched)].sort());
    });
  }
});

function untold(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    Policies: snapshot.Policies.map(({ Tags: _, Description: __, ...policy }) => policy),
    RoleDetailList: snapshot.RoleDetailList.map(
      ({ Description: _, MaxSessionDuration: __, ...role }) => role,
    ),
  };
}
