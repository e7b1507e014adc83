/**
 * AWS as a target, held to the contract over moto's server, which `tools/moto.mjs` starts. Its name keeps it out of
 * `npm run unit`. Where moto is not as AWS documents it, `contract.json` says so.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { checkAccount } from "../../server/src/account/check/check-account.js";
import { accountFactSource } from "../../server/src/aws/account-facts.js";
import { awsTarget } from "../../server/src/aws/aws-target.js";
import { openClients } from "../../server/src/aws/clients.js";
import { objectStore } from "../../server/src/aws/object-store.js";
import { openSession } from "../../server/src/aws/session.js";
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
