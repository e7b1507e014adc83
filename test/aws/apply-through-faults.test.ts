/**
 * A plan carried out on AWS while each of its calls goes wrong in each way, one at a time: the account ends as planned,
 * with nothing done twice, or where it stopped can be gone on from and taken back. AWS is our stand-in.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Account } from "../../server/src/account/account.js";
import { runsOf } from "../../server/src/account/change/journal.js";
import { type PlannedAccount, planChanges } from "../../server/src/account/change/plan-changes.js";
import { planRecovery } from "../../server/src/account/change/recover.js";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import type { AccountTarget } from "../../server/src/account/change/target.js";
import { NO_MANAGED_POLICIES } from "../../server/src/account/managed-policies.js";
import { readAccount } from "../../server/src/account/read-account.js";
import { awsTarget } from "../../server/src/aws/aws-target.js";
import type { Clients } from "../../server/src/aws/clients.js";
import { carryOut } from "./carry-out.js";
import { forgetEnvironment, standInClients } from "./stand-in/bench.js";
import type { Fault } from "./stand-in/faults.js";
import { StandIn } from "./stand-in/server.js";
import { EMPTY } from "./stand-in/state.js";

const allow = (Sid: string, Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Sid, Effect: "Allow", Action, Resource: "*" }],
});
const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const BEFORE = {
  account: "111122223333",
  policies: { read: allow("Old", "s3:List*") },
};
const DESIRED = {
  account: "111122223333",
  policies: { read: allow("New", "s3:Get*"), limit: allow("Limit", "s3:*") },
  groups: { readers: { policies: ["read"] } },
  users: { ana: { groups: ["readers"], boundary: "limit", tags: { team: "data" } } },
  roles: { app: { trust: TRUST, inline: { own: allow("Own", "logs:*") } } },
  buckets: {
    logs: {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" },
      ],
    },
  },
};
/** After these nobody needs to do anything: the call is made again where that is safe. */
const PASSING: readonly Fault[] = [
  "throttling",
  "service unavailable",
  "dropped before",
  "dropped after",
  "timeout",
  "internal error",
];

describe("a plan on AWS, through faults", () => {
  let standIn: StandIn;
  let clients: Clients;
  let target: AccountTarget;
  let start: Snapshot;
  let planned: PlannedAccount;

  before(async () => {
    forgetEnvironment();
    standIn = await StandIn.start();
    clients = standInClients(standIn, { timeouts: { connect: 2_000, answer: 150 } });
    target = awsTarget(clients);
    standIn.reset({ ...EMPTY, BucketPolicies: { logs: null } });
    await carryOut(planChanges(accountOf(BEFORE), await target.read(), { deletions: true }), target);
    start = standIn.state.now;
    planned = planChanges(accountOf(DESIRED), await target.read(), { deletions: true });
    assert.deepEqual(planned.plan.problems, []);
  });
  after(async () => {
    clients.close();
    await standIn.close();
  });
  beforeEach(() => standIn.reset(start));

  it("is of calls of many kinds", () => {
    const operations = planned.plan.steps.map(({ call }) => call.operation);
    assert.ok(operations.length >= 9 && new Set(operations).size >= 8, operations.join());
  });

  for (const fault of PASSING) {
    it(`ends as planned, whichever call meets: ${fault}`, async () => {
      for (const [index, step] of planned.plan.steps.entries()) {
        standIn.reset(start);
        const { operation } = step.call;
        const earlier = planned.plan.steps.slice(0, index).filter(({ call }) => call.operation === operation);
        standIn.fail({ fault, operation, after: earlier.length });
        const { state } = await carryOut(planned, target);
        assert.equal(state, "done", `${fault} in step ${index + 1}, ${operation}`);
        assertAsPlanned(`${fault} in step ${index + 1}, ${operation}`);
      }
    });
  }

  it("makes no second version where the answer is lost and the look at it is stale", async () => {
    standIn.fail({ fault: "dropped after", operation: "CreatePolicyVersion" });
    // The first look is the one before anything is done.
    standIn.fail({ fault: "stale", operation: "GetAccountAuthorizationDetails", after: 1 });
    assert.equal((await carryOut(planned, target)).state, "done");
    assertAsPlanned("stale");
  });

  it("stops where a call is refused, and goes on or back from there", async () => {
    for (const direction of ["resume", "rollback"] as const) {
      for (const [index, { call }] of planned.plan.steps.entries()) {
        standIn.reset(start);
        const same = planned.plan.steps.slice(0, index).filter((it) => it.call.operation === call.operation);
        standIn.fail({ fault: "denied", operation: call.operation, after: same.length, times: 1 });
        const stopped = await carryOut(planned, target);
        assert.equal(stopped.state, "failed", call.operation);
        const [run] = runsOf(stopped.record === undefined ? [] : [stopped.record]);
        assert.ok(run !== undefined);
        const recovery = planRecovery(run, await target.read(), { direction, deletions: true });
        assert.equal((await carryOut(recovery, target)).state, "done");
        if (direction === "resume") assertAsPlanned(`resumed after ${call.operation}`);
        else {
          const back = planChanges(accountOf(BEFORE), standIn.state.now, { deletions: true, prune: true });
          assert.deepEqual(
            back.plan.steps.map((it) => it.call.operation),
            [],
            `rolled back after ${call.operation}`,
          );
        }
      }
    }
  });

  function assertAsPlanned(when: string): void {
    const again = planChanges(accountOf(DESIRED), standIn.state.now, { deletions: true, prune: true });
    assert.deepEqual(
      again.plan.steps.map(({ call }) => call.operation),
      [],
      when,
    );
    const versions = standIn.state.now.Policies.map((it) => [it.PolicyName, it.PolicyVersionList.length]);
    assert.deepEqual(Object.fromEntries(versions), { read: 2, limit: 1 }, when);
  }
});

function accountOf(value: object): Account {
  const { account } = readAccount(
    { file: "iam-account.json", text: JSON.stringify(value) },
    () => undefined,
    NO_MANAGED_POLICIES,
  );
  return account!;
}
