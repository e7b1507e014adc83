/** The master copy of an account from an editor: shown before it is written, checked before it comes back. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver-protocol";
import { TargetError } from "../../server/src/account/change/target.js";
import type { ObjectStore } from "../../server/src/account/master-copy.js";
import type { PublishView, RestoreView } from "../../server/src/lsp/protocol.js";
import { fakeConnection } from "../aws/fake-connection.js";
import { startClient, type TestClient } from "./client.js";

const account = "file:///workspace/iam-account.json";
const folder = "file:///workspace";
const ACCOUNT = '{ "account": "111122223333", "policies": { "read": "policies/read.json" } }\n';
const READ =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }\n';
const MANIFEST = "iam-policy/manifest.json";
const hash = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
const keyOf = (text: string) => `iam-policy/objects/${hash(text)}.json`;

describe("master copy", () => {
  const files = new Map<string, string>();
  const objects = new Map<string, string>();
  let where: { bucket: string; kmsKey?: string | undefined }[] = [];
  let put: (key: string) => Promise<void>;
  let client: TestClient;
  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    client.connection.sendRequest(method, params);
  const planPublish = (more: object = {}) =>
    ask<PublishView>("iamPolicy/planPublish", { account, bucket: "backups", ...more });
  const planRestore = (more: object = {}) =>
    ask<RestoreView>("iamPolicy/planRestore", { folder, bucket: "backups", ...more });
  const publish = async () => ask<string>("iamPolicy/publish", { plan: (await planPublish()).id });

  before(async () => {
    const store: ObjectStore = {
      put: async (key, text, sha256, options) => {
        assert.equal(sha256, hash(text));
        await put(key);
        if (options?.signal?.aborted) throw new TargetError("cancelled", "`PutObject` was cancelled.");
        objects.set(key, text);
      },
      get: async (key) => objects.get(key),
    };
    const target = {
      name: "AWS profile dev",
      identity: async () => "aws:aws:111122223333",
      accountId: async () => "111122223333",
      caller: async () => "arn:aws:iam::111122223333:user/deployer",
      read: () => Promise.reject(new TargetError("denied", "The account is not read here.")),
      perform: () => Promise.reject(new TargetError("denied", "Nothing is changed here.")),
    };
    client = await startClient({
      files,
      aws: {
        connectAws: async () =>
          fakeConnection({
            target,
            objects: (it) => {
              where.push(it);
              return store;
            },
          }),
        listProfiles: async () => [],
      },
    });
    await ask("iamPolicy/useAws", {});
  });
  beforeEach(() => {
    files.clear();
    objects.clear();
    where = [];
    put = async () => undefined;
    files.set("/workspace/iam-account.json", ACCOUNT);
    files.set("/workspace/policies/read.json", READ);
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });

  it("shows what would be written, with sizes, hashes and encryption, and writes nothing", async () => {
    const { place, files: count, text } = await planPublish();
    assert.deepEqual([place, count], ["s3://backups/iam-policy/", 2]);
    assert.ok(text.includes(`| \`policies/read.json\` | 109 bytes | \`${hash(READ)}\` |`), text);
    assert.match(text, /\| Account \| `111122223333` \|\n\| Files \| 2 files, 185 bytes \|/);
    assert.match(text, /Written as \| `arn:aws:iam::111122223333:user\/deployer`/);
    assert.match(text, /with S3's own keys: `x-amz-server-side-encryption: AES256`/);
    const withKey = await planPublish({ kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/1", prefix: "team" });
    assert.equal(withKey.place, "s3://backups/team/");
    assert.match(
      withKey.text,
      /`x-amz-server-side-encryption: aws:kms` `x-amz-server-side-encryption-aws-kms-key-id: arn/,
    );
    assert.deepEqual(where.at(-1), { bucket: "backups", kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/1" });
    assert.equal(objects.size, 0);
  });

  it("writes what was shown, whatever has become of the files, the manifest last", async () => {
    const { id } = await planPublish();
    files.set("/workspace/policies/read.json", READ.replace("Allow", "Deny"));
    const said = await ask<string>("iamPolicy/publish", { plan: id });
    assert.equal(said, "2 files of account 111122223333 are in s3://backups/iam-policy/.");
    assert.deepEqual(
      [...objects.keys()],
      [keyOf(ACCOUNT), keyOf(READ), "iam-policy/history/2026-11-22T00-00-00-000Z.json", MANIFEST],
    );
    await assert.rejects(ask("iamPolicy/publish", { plan: id }), /not known any more/);
  });

  it("leaves no manifest where it was cancelled or refused midway", async () => {
    const { id } = await planPublish();
    const source = new CancellationTokenSource();
    put = async () => {
      source.cancel();
      await ask("iamPolicy/kinds");
    };
    const asked = client.connection.sendRequest("iamPolicy/publish", { plan: id }, source.token);
    await assert.rejects(asked);
    assert.ok(!objects.has(MANIFEST));
    objects.clear();
    put = async (key) => {
      if (key.includes("/history/")) throw new TargetError("denied", "`deployer` may not do `s3:PutObject`.");
    };
    await assert.rejects(publish(), /`deployer` may not do `s3:PutObject`/);
    assert.ok(!objects.has(MANIFEST));
  });

  it("refuses another account, a file that is missing, bytes that are no text, and places that are none", async () => {
    await assert.rejects(planPublish({ bucket: "No Bucket" }), /`No Bucket` is not the name of a bucket/);
    await assert.rejects(planPublish({ prefix: "/a" }), /starts with a slash/);
    files.set("/workspace/policies/read.json", READ.replace("s3:GetObject", "s3:Get\uFFFDbject"));
    await assert.rejects(planPublish(), /policies\/read\.json is not UTF-8/);
    files.delete("/workspace/policies/read.json");
    await assert.rejects(planPublish(), /There is no file policies\/read\.json/);
    files.set("/workspace/iam-account.json", '{ "account": "444455556666" }');
    await assert.rejects(
      planPublish(),
      /is about account 444455556666, and AWS profile dev is account 111122223333/,
    );
  });

  it("comes back: shows what each file would become, and writes only that", async () => {
    await publish();
    const mine = READ.replace("Allow", "Deny");
    files.set("/workspace/policies/read.json", mine);
    const elsewhere = await planRestore({ folder: "file:///elsewhere" });
    assert.deepEqual(
      elsewhere.files.map(({ path, before: old }) => [path, old]),
      [
        ["iam-account.json", null],
        ["policies/read.json", null],
      ],
    );
    const plan = await planRestore();
    assert.deepEqual([plan.account, plan.same], ["111122223333", 1]);
    assert.equal(plan.by, "arn:aws:iam::111122223333:user/deployer");
    assert.deepEqual(plan.files, [
      { uri: "file:///workspace/policies/read.json", path: "policies/read.json", before: mine, text: READ },
    ]);
    assert.equal(files.get("/workspace/policies/read.json"), mine);
    const said = await ask<string>("iamPolicy/restore", { plan: plan.id });
    assert.equal(
      said,
      "1 file written: /workspace is as account 111122223333 was published on 2026-11-22T00:00:00.000Z.",
    );
    assert.equal(files.get("/workspace/policies/read.json"), READ);
    assert.ok(!files.has("/elsewhere/iam-account.json"));
  });

  it("overwrites nothing that nobody has been shown", async () => {
    await publish();
    files.set("/workspace/policies/read.json", "{}");
    const { id } = await planRestore();
    files.set("/workspace/policies/read.json", '{ "newer": true }');
    await assert.rejects(ask("iamPolicy/restore", { plan: id }), /read\.json has changed since it was shown/);
    assert.equal(files.get("/workspace/policies/read.json"), '{ "newer": true }');
  });

  it("follows no copy that is not whole", async () => {
    await publish();
    const good = new Map(objects);
    const manifest = good.get(MANIFEST) ?? "";
    const cases: readonly (readonly [words: RegExp, spoil: () => void])[] = [
      [/its hash is another/, () => objects.set(keyOf(READ), `${READ} `)],
      [/policies\/read\.json is missing in s3/, () => objects.delete(keyOf(READ))],
      [
        /names a file outside/,
        () => objects.set(MANIFEST, manifest.replace("policies/read.json", "../x.json")),
      ],
      [/it is not JSON/, () => objects.set(MANIFEST, "<html>")],
      [/There is no master copy in s3:\/\/backups\/iam-policy\//, () => objects.delete(MANIFEST)],
    ];
    for (const [words, spoil] of cases) {
      objects.clear();
      for (const [key, text] of good) objects.set(key, text);
      spoil();
      await assert.rejects(planRestore({ folder: "file:///elsewhere" }), words);
    }
  });
});
