/** The commands that ask AWS, as a terminal sees them, over the stand-in; no secret is ever printed. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import { readSnapshotText } from "../../server/src/account/change/snapshot-text.js";
import { cli, folder, type Run } from "../cli/cli.js";
import { ACCOUNT } from "./stand-in/account.js";
import { forgetEnvironment, SECRET } from "./stand-in/bench.js";
import { StandIn } from "./stand-in/server.js";

const TOKEN = "STAND-IN-SESSION-TOKEN";
let standIn: StandIn;
const printed: Run[] = [];

/** A command against the stand-in. */
async function aws(...args: readonly (string | { input: string })[]): Promise<Run> {
  const run = await cli(...args);
  printed.push(run);
  return run;
}

before(async () => {
  standIn = await StandIn.start();
});
after(async () => {
  await standIn.close();
  for (const { out, err } of printed)
    for (const secret of [SECRET, TOKEN]) assert.ok(!`${out}${err}`.includes(secret), "a secret was printed");
});
beforeEach(() => {
  forgetEnvironment();
  process.env["AWS_SESSION_TOKEN"] = TOKEN;
  process.env["AWS_ENDPOINT_URL"] = standIn.url;
  standIn.reset(ACCOUNT);
});

describe("iam-policy snapshot", () => {
  it("prints the account, in the form that other commands read", async () => {
    const { code, out } = await aws("snapshot");
    assert.equal(code, 0);
    assert.deepEqual(readSnapshotText(out, "out"), ACCOUNT);
    writeFileSync(join(folder, "printed.json"), out);
    const asked = await cli(
      ...["simulate", "--account", "printed.json", "--as", "user/ana"],
      ...["--action", "s3:GetObject", "--resource", "arn:aws:s3:::logs/a"],
    );
    assert.match(asked.out, /allowed/);
  });

  it("stores it in a file, and replaces an older one", async () => {
    for (const users of [1, 2]) {
      const { code, out } = await aws("snapshot", "--out", "snapshot.json");
      assert.equal(code, 0);
      assert.match(
        out,
        new RegExp(`^${users} users?, 1 group, 1 role, 2 policies and 2 buckets of account 1{4}2{4}3{4} `),
      );
      const stored: Snapshot = JSON.parse(readFileSync(join(folder, "snapshot.json"), "utf8"));
      assert.equal(stored.UserDetailList.length, users);
      standIn.state.perform({ service: "iam", operation: "CreateUser", input: { UserName: "new" } });
    }
  });

  it("replaces nothing else", async () => {
    writeFileSync(join(folder, "work.json"), '{"account":"111122223333"}');
    const { code, err } = await aws("snapshot", "--out", "work.json");
    assert.equal(code, 2);
    assert.match(err, /work.json is there already and is no snapshot/);
    assert.deepEqual(standIn.calls, []);
  });

  it("names what may not be read", async () => {
    standIn.fail({ fault: "denied", operation: "GetBucketPolicy" });
    const { code, err } = await aws("snapshot");
    assert.equal(code, 1);
    assert.match(err, /The policy of bucket logs is left out: .*may not do `s3:GetBucketPolicy`/);
  });

  it("says why AWS could not be asked", async () => {
    standIn.fail({ fault: "expired token", operation: "GetCallerIdentity", times: 9 });
    assert.match((await aws("snapshot")).err, /credentials of AWS have expired/);
    standIn.reset();
    standIn.fail({ fault: "bad signature", operation: "GetCallerIdentity", times: 9 });
    const { code, err } = await aws("snapshot");
    assert.equal(code, 2);
    assert.match(err, /does not accept the signature/);
  });

  it("refuses an endpoint that is none", async () => {
    const { code, err } = await aws("snapshot", "--endpoint-url", "localhost");
    assert.equal(code, 2);
    assert.match(err, /--endpoint-url/);
  });
});

describe("iam-policy import", () => {
  it("writes the files of a live account, which other commands read", async () => {
    const { code, out, err } = await aws("import", "--out", "live", "--region", "eu-west-1");
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /account 111122223333 is in live\/iam-account.json, its 4 policies in files beside it/);
    assert.equal(JSON.parse(readFileSync(join(folder, "live/iam-account.json"), "utf8")).region, "eu-west-1");
    writeFileSync(join(folder, "snapshot.json"), JSON.stringify(ACCOUNT));
    const difference = await cli(
      ...["diff", "snapshot.json", "live/iam-account.json", "--managed-policies", "snapshot.json"],
    );
    assert.deepEqual([difference.code, difference.err], [0, ""]);
  });

  it("writes those of a snapshot, however AWS's tools encoded it", async () => {
    const encoded = structuredClone(ACCOUNT) as unknown as {
      Policies: { PolicyVersionList: { Document: string }[] }[];
    };
    for (const { PolicyVersionList } of encoded.Policies)
      for (const version of PolicyVersionList) version.Document = encodeURIComponent(version.Document);
    writeFileSync(join(folder, "encoded.json"), JSON.stringify(encoded));
    assert.equal((await cli("import", "encoded.json", "--out", "stored")).code, 0);
    assert.match(readFileSync(join(folder, "stored/policies/read.json"), "utf8"), /"Action": "s3:GetObject"/);
    assert.deepEqual(standIn.calls, []);
  });

  it("overwrites nothing, and then writes nothing", async () => {
    assert.equal((await cli("import", "encoded.json", "--out", "twice")).code, 0);
    assert.equal((await cli("import", "encoded.json", "--out", "twice")).code, 0);
    writeFileSync(join(folder, "twice/policies/read.json"), '{"mine": true}');
    const { code, err } = await cli("import", "encoded.json", "--out", "twice");
    assert.equal(code, 2);
    assert.match(err, /Nothing is written.*policies\/read.json/);
    assert.equal(readFileSync(join(folder, "twice/policies/read.json"), "utf8"), '{"mine": true}');
  });

  it("takes nothing else for a snapshot", async () => {
    const { code, err } = await cli("import", "live/iam-account.json");
    assert.equal(code, 2);
    assert.match(err, /live\/iam-account.json is not a snapshot/);
  });
});
