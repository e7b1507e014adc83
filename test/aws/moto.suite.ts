/**
 * AWS as a target, held to the contract over moto's server, which `tools/moto.mjs` starts. Its name keeps it out of
 * `npm run unit`. Where moto is not as AWS documents it, `contract.json` says so.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { runsOf } from "../../server/src/account/change/journal.js";
import { planChanges } from "../../server/src/account/change/plan-changes.js";
import { planRecovery } from "../../server/src/account/change/recover.js";
import { checkAccount } from "../../server/src/account/check/check-account.js";
import { NO_MANAGED_POLICIES } from "../../server/src/account/managed-policies.js";
import { readAccount } from "../../server/src/account/read-account.js";
import { accountFactSource } from "../../server/src/aws/account-facts.js";
import { awsTarget } from "../../server/src/aws/aws-target.js";
import { openClients } from "../../server/src/aws/clients.js";
import { objectStore } from "../../server/src/aws/object-store.js";
import { openSession } from "../../server/src/aws/session.js";
import { carryOut } from "./carry-out.js";
import { type Bench, targetContract } from "./contract.js";
import { forgetEnvironment } from "./stand-in/bench.js";

const url = process.env["MOTO_URL"];
assert.ok(url !== undefined, "Run this with `npm run test:moto`.");

async function motoBench(): Promise<Bench> {
  forgetEnvironment();
  const clients = openClients(openSession({ endpointUrl: url, region: "us-east-1" }));
  const buckets = new S3Client({ endpoint: url!, region: "us-east-1", forcePathStyle: true });
  return {
    target: awsTarget(clients),
    reset: async (names) => {
      await fetch(`${url}/moto-api/reset`, { method: "POST" });
      for (const name of names) await buckets.send(new CreateBucketCommand({ Bucket: name }));
    },
    close: async () => {
      clients.close();
      buckets.destroy();
    },
  };
}

targetContract("moto", motoBench);

describe("the account check: moto", () => {
  it("gets its facts", async () => {
    const bench = await motoBench();
    await bench.reset([]);
    await bench.target.perform({ service: "iam", operation: "CreateUser", input: { UserName: "ana" } });
    const clients = openClients(openSession({ endpointUrl: url, region: "us-east-1" }));
    const facts = await accountFactSource(clients, bench.target).read();
    clients.close();
    await bench.close();
    const checks = checkAccount(facts, new Date().toISOString().slice(0, 10));
    assert.deepEqual(
      checks.filter(({ result }) => result === "unknown"),
      [],
    );
    // moto 5.2 leaves the root user out of the report.
    assert.deepEqual(facts.credentials.known && facts.credentials.value.map(({ user }) => user), ["ana"]);
    assert.ok(facts.passwordPolicy.known && facts.passwordPolicy.value === undefined);
  });
});

describe("the account's Block Public Access: moto", () => {
  it("is read from the API that it has of its own", async () => {
    const bench = await motoBench();
    await bench.reset([]);
    const block = {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    };
    const flags = Object.entries(block).map(([name, value]) => `<${name}>${value}</${name}>`);
    // Nothing of ours sets it: plans leave it as it is.
    await fetch(`${url}/v20180820/configuration/publicAccessBlock`, {
      method: "PUT",
      body: `<PublicAccessBlockConfiguration>${flags.join("")}</PublicAccessBlockConfiguration>`,
      headers: {
        "x-amz-account-id": await bench.target.accountId(),
        authorization: "AWS4-HMAC-SHA256 Credential=none/20261122/us-east-1/s3/aws4_request",
      },
    });
    assert.deepEqual((await bench.target.read()).AccountPublicAccessBlock, block);
    await bench.close();
  });
});

describe("the bucket of a master copy: moto", () => {
  it("keeps texts, and says so where there is none", async () => {
    const bench = await motoBench();
    await bench.reset(["copies"]);
    const clients = openClients(openSession({ endpointUrl: url, region: "us-east-1" }));
    const store = objectStore(clients, { bucket: "copies" });
    const text = '{"größe": "😀"}\n';
    const sha256 = createHash("sha256").update(text).digest("hex");
    await store.put("a/manifest.json", text, sha256);
    assert.equal(await store.get("a/manifest.json"), text);
    assert.equal(await store.get("a/none.json"), undefined);
    clients.close();
    await bench.close();
  });
});

describe("the example account: moto", () => {
  const FILE = "examples/workspace/corrected/iam-account.json";
  const WHOLE = { deletions: true } as const;
  // moto has an account id of its own.
  const account = (id = "111122223333") => {
    const textOf = (path: string) => readFileSync(path, "utf8").replaceAll("111122223333", id);
    const beside = (path: string) => ({ file: path, text: textOf(join(dirname(FILE), path)) });
    const source = { file: FILE, text: textOf(FILE) };
    return readAccount(source, beside, NO_MANAGED_POLICIES).account!;
  };

  it("is applied, needs no change then, and is taken back", async () => {
    const bench = await motoBench();
    await bench.reset([...account().resources.keys()].map((arn) => arn.slice("arn:aws:s3:::".length)));
    const planned = planChanges(account(await bench.target.accountId()), await bench.target.read(), WHOLE);
    assert.deepEqual(planned.plan.problems, []);
    assert.ok(planned.plan.steps.length > 10, String(planned.plan.steps.length));
    const applied = await carryOut(planned, bench.target);
    assert.equal(applied.state, "done");
    const again = planChanges(account(await bench.target.accountId()), await bench.target.read(), WHOLE);
    assert.deepEqual(again.plan.steps, []);
    const [run] = runsOf(applied.record === undefined ? [] : [applied.record]);
    const back = planRecovery(run!, await bench.target.read(), { direction: "rollback", deletions: true });
    assert.equal((await carryOut(back, bench.target)).state, "done");
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies, BucketPolicies } =
      await bench.target.read();
    assert.deepEqual([UserDetailList, GroupDetailList, RoleDetailList, Policies], [[], [], [], []]);
    assert.deepEqual(new Set(Object.values(BucketPolicies ?? {})), new Set([null]));
    await bench.close();
  });
});
