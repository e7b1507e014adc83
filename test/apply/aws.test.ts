/**
 * Apply, resume and roll back against the stand-in for AWS, which slows down, breaks connections, forgets to answer and
 * answers from yesterday: the account ends as planned and goes back as it was, with nothing made twice.
 */
import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { sameFact } from "../../server/src/account/change/facts.js";
import { factsOfSnapshot } from "../../server/src/account/change/facts-of-snapshot.js";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import { awsTarget } from "../../server/src/aws/aws-target.js";
import { changePorts } from "../../server/src/change-ports.js";
import { fakeConnection } from "../aws/fake-connection.js";
import { ACCOUNT } from "../aws/stand-in/account.js";
import { forgetEnvironment, SECRET, standInClients } from "../aws/stand-in/bench.js";
import type { Fault, PlannedFault } from "../aws/stand-in/faults.js";
import { StandIn } from "../aws/stand-in/server.js";
import { cli, folder, type Run } from "../cli/cli.js";

const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});
/** The account of the stand-in, otherwise. */
const WANTED = {
  account: "111122223333",
  policies: { read: { document: allow("s3:Get*"), path: "/team/" }, write: allow("s3:PutObject") },
  groups: { readers: { path: "/team/", policies: ["read", "write"] } },
  users: {
    ana: { tags: { team: "red" } },
    ben: { groups: ["readers"], inline: { own: allow("sqs:SendMessage") } },
  },
  roles: {
    app: {
      trust: {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: "arn:aws:iam::111122223333:user/ben" },
        },
      },
      policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      description: "For Ben",
      maxSessionDuration: 7200,
    },
  },
  buckets: { logs: null },
};

let standIn: StandIn;
before(async () => {
  standIn = await StandIn.start();
});
after(() => standIn.close());
beforeEach(() => {
  forgetEnvironment();
  standIn.reset(ACCOUNT);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "iam-account.json"), JSON.stringify(WANTED));
});

/** A command on AWS, which waits for nothing. */
async function aws(...args: readonly string[]): Promise<Run> {
  const clients = standInClients(standIn);
  const run = await cli(...args, "--target", "aws", {
    ports: {
      connectAws: async () => fakeConnection({ target: awsTarget(clients), close: clients.close }),
      change: { ...changePorts(), wait: async () => undefined },
    },
  });
  assert.ok(!`${run.out}${run.err}`.includes(SECRET));
  return run;
}

const PASSING: readonly Fault[] = [
  "throttling",
  "internal error",
  "service unavailable",
  "dropped before",
  "dropped after",
  "timeout",
  "conflict",
];
const WRITES = [
  "CreateUser",
  "CreatePolicy",
  "CreatePolicyVersion",
  "PutUserPolicy",
  "AttachGroupPolicy",
  "UpdateRole",
];

describe("an apply to AWS", () => {
  it("is planned, carried out, found done, and taken back", async () => {
    assert.equal((await aws("apply", "--plan")).code, 1);
    await done("apply", "--yes", "--delete");
    assert.equal((await aws("apply", "--plan", "--delete")).code, 0);
    await done("rollback", "--last", "--yes", "--delete");
    same(standIn.state.now, ACCOUNT);
  });

  for (const fault of PASSING) {
    it(`gets over it: ${fault}`, async () => {
      const strike = () => {
        for (const operation of WRITES) standIn.fail({ fault, operation });
      };
      strike();
      await done("apply", "--yes", "--delete");
      standIn.faults.clear();
      assert.equal((await aws("apply", "--plan", "--delete")).code, 0);
      assert.equal(versions("read"), versions("read", ACCOUNT) + 1);
      assert.equal(versions("write"), 1);
      for (const operation of [
        "SetDefaultPolicyVersion",
        "DeleteUser",
        "DeletePolicy",
        "UpdateAssumeRolePolicy",
      ])
        standIn.fail({ fault, operation });
      await done("rollback", "--last", "--yes", "--delete");
      same(standIn.state.now, ACCOUNT);
    });
  }

  it("makes nothing twice when answers are lost and what is read is old", async () => {
    standIn.fail({ fault: "dropped after", operation: "CreatePolicyVersion" });
    standIn.fail({ fault: "stale", operation: "GetAccountAuthorizationDetails", after: 2, times: 2 });
    await done("apply", "--yes", "--delete");
    assert.equal(versions("read"), versions("read", ACCOUNT) + 1);
  });

  const stopping: readonly (readonly [Fault, PlannedFault["operation"], RegExp])[] = [
    ["denied", "AttachGroupPolicy", /iam:AttachGroupPolicy/],
    ["expired token", "CreateUser", /credentials|expired/i],
    ["html", "UpdateRole", /UpdateRole|no answer|not AWS|web page/i],
  ];
  for (const [fault, operation, words] of stopping) {
    it(`stops where insisting does not help, and is resumed: ${fault}`, async () => {
      standIn.fail({ fault, operation, times: 99 });
      const { code, out } = await aws("apply", "--yes", "--delete");
      assert.equal(code, 1, out);
      assert.match(out, words);
      standIn.faults.clear();
      await done("apply", "--resume", "--yes", "--delete");
      assert.equal((await aws("apply", "--plan", "--delete")).code, 0);
      await done("rollback", "--last", "--yes", "--delete");
      same(standIn.state.now, ACCOUNT);
    });
  }
});

async function done(...args: readonly string[]): Promise<void> {
  const { code, out, err } = await aws(...args);
  assert.equal(code, 0, `${args.join(" ")}\n${out}\n${err}`);
}

function versions(policy: string, snapshot = standIn.state.now): number {
  return snapshot.Policies.find(({ PolicyName }) => PolicyName === policy)?.PolicyVersionList.length ?? 0;
}

function same(actual: Snapshot, wanted: Snapshot): void {
  const [is, was] = [flat(actual), flat(wanted)];
  assert.deepEqual([...is.keys()].sort(), [...was.keys()].sort());
  for (const [key, value] of was)
    assert.ok(sameFact(key.slice(key.indexOf("#") + 1), is.get(key), value), `${key}: ${is.get(key)}`);
}

function flat(snapshot: Snapshot): ReadonlyMap<string, string> {
  const facts = [...factsOfSnapshot(snapshot)];
  return new Map(
    facts.flatMap(([subject, parts]) => [...parts].map(([part, it]) => [`${subject}#${part}`, it])),
  );
}
