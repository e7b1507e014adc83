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
import { applyLocks } from "../../server/src/node/apply-locks.js";
import { changePorts } from "../../server/src/node/change-ports.js";
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
  policies: {
    read: { document: allow("s3:Get*"), path: "/team/", tags: { stage: "new" } },
    write: allow("s3:PutObject"),
  },
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
  // Locks of AWS accounts lie in the user's home.
  Object.assign(process.env, { HOME: folder, USERPROFILE: folder });
  standIn.reset(ACCOUNT);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "iam-account.json"), JSON.stringify(WANTED));
});

/** Another way to the account. */
interface Way {
  readonly endpointUrl?: string;
  readonly name?: string;
}

/** A command on AWS, which waits for nothing. */
async function aws(...given: readonly (string | Way)[]): Promise<Run> {
  const args = given.filter((it) => typeof it === "string");
  const { endpointUrl = standIn.url, name = "AWS" } = given.find((it) => typeof it === "object") ?? {};
  const clients = standInClients(standIn, { endpointUrl });
  const run = await cli(...args, "--target", "aws", {
    ports: {
      connectAws: async () =>
        fakeConnection({ target: { ...awsTarget(clients), name }, close: clients.close }),
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

  it("knows the account by whichever profile, and not at another address", async () => {
    standIn.fail({ fault: "denied", operation: "AttachGroupPolicy", times: 99 });
    assert.equal((await aws("apply", "--yes", "--delete")).code, 1);
    standIn.faults.clear();
    const other = await aws("rollback", "--last", "--plan", {
      endpointUrl: standIn.url.replace("127.0.0.1", "localhost"),
    });
    assert.equal(other.code, 2);
    assert.match(
      other.err,
      /was applied to aws:aws:111122223333@.*127\.0\.0\.1.*, not to aws:.*@.*localhost/,
    );
    await done("rollback", "--last", "--yes", "--delete", { name: "AWS profile other" });
    same(standIn.state.now, ACCOUNT);
  });

  it("is refused while another one changes the account, from wherever", async () => {
    const lock = await applyLocks(join(folder, "another", "checkout"))(`aws:aws:111122223333@${standIn.url}`);
    assert.ok("release" in lock);
    for (const args of [
      ["apply", "--yes"],
      ["apply", "--yes", "--delete", "--format", "json"],
    ]) {
      const { code, out, err } = await aws(...args);
      assert.equal(code, 1);
      assert.match(
        out + err,
        /Nothing was done: another apply has been changing the same account since \d{4}-/,
      );
    }
    same(standIn.state.now, ACCOUNT);
    await lock.release();
    await done("apply", "--yes", "--delete");
  });

  it("leaves tags of policies alone where they may not be read", async () => {
    standIn.fail({ fault: "denied", operation: "ListPolicyTags", times: 99 });
    const { out } = await aws("apply", "--plan");
    assert.match(out, /The tags of the policy `read` are not known here, and are left alone/);
    assert.doesNotMatch(out, /Tag policy `read`|Untag|tag `owner`/);
    await done("apply", "--yes", "--delete");
    assert.deepEqual(standIn.state.now.Policies.find((it) => it.PolicyName === "read")?.Tags, [
      { Key: "owner", Value: "data" },
    ]);
  });

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

async function done(...args: readonly (string | Way)[]): Promise<void> {
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
