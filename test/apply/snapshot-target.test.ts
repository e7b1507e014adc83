/** Snapshot files as accounts that can be changed: what they are read from, what they keep, and what can go wrong with files. */
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { ApiCall } from "../../server/src/account/change/api-call.js";
import { type AccountTarget, TargetError } from "../../server/src/account/change/target.js";
import { type SnapshotTargetOptions, snapshotTarget } from "../../server/src/node/snapshot-target.js";

const folder = mkdtempSync(join(tmpdir(), "iam-policy-snapshot-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const DOCUMENT = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }] };
/** As AWS's own commands and APIs write them: objects, texts, URL-encoded; keys that we do not know. */
const AWS_OUTPUT = {
  UserDetailList: [
    {
      Path: "/",
      UserName: "ana",
      UserId: "AIDAEXAMPLE",
      Arn: "arn:aws:iam::111122223333:user/ana",
      CreateDate: "2025-01-01T00:00:00+00:00",
      UserPolicyList: [{ PolicyName: "own", PolicyDocument: encodeURIComponent(JSON.stringify(DOCUMENT)) }],
      GroupList: [],
      AttachedManagedPolicies: [],
      PasswordLastUsed: "2025-06-01",
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [
    {
      RoleName: "app",
      Path: "/",
      RoleId: "AROAEXAMPLE",
      Arn: "arn:aws:iam::111122223333:role/app",
      AssumeRolePolicyDocument: DOCUMENT,
      InstanceProfileList: [
        { InstanceProfileName: "app", Arn: "arn:aws:iam::111122223333:instance-profile/app" },
      ],
      RoleLastUsed: { Region: "eu-west-1" },
    },
  ],
  Policies: [],
  BucketPolicies: { logs: { Policy: JSON.stringify(DOCUMENT) }, empty: null },
  Note: "kept by hand",
};
const CREATE: ApiCall = { service: "iam", operation: "CreateGroup", input: { GroupName: "g" } };

describe("a snapshot file as an account", () => {
  it("reads documents however they are written", async () => {
    const { target } = open("read.json", AWS_OUTPUT);
    const { UserDetailList, RoleDetailList, BucketPolicies } = await target.read();
    const texts = [
      UserDetailList[0]?.UserPolicyList[0]?.PolicyDocument,
      RoleDetailList[0]?.AssumeRolePolicyDocument,
      BucketPolicies?.["logs"],
    ];
    for (const text of texts) assert.deepEqual(JSON.parse(text ?? ""), DOCUMENT);
    assert.equal(BucketPolicies?.["empty"], null);
    assert.equal(await target.accountId(), "111122223333");
    assert.equal(await target.caller(), undefined);
  });

  it("keeps what it does not know, and how the file is laid out", async () => {
    const { target, path } = open("keep.json", AWS_OUTPUT, "    ");
    await target.perform(CREATE);
    const text = readFileSync(path, "utf8");
    const written = JSON.parse(text);
    assert.equal(written.Note, "kept by hand");
    assert.equal(written.UserDetailList[0].PasswordLastUsed, "2025-06-01");
    assert.deepEqual(written.RoleDetailList[0].RoleLastUsed, { Region: "eu-west-1" });
    assert.equal(written.GroupDetailList[0].GroupName, "g");
    assert.deepEqual(written.UserDetailList[0].UserPolicyList[0].PolicyDocument, DOCUMENT);
    assert.deepEqual(written.BucketPolicies, { logs: DOCUMENT, empty: null });
    assert.match(text, /^\{\n {4}"UserDetailList"/);
  });

  it("leaves the file alone where a call changes nothing", async () => {
    const { target, path } = open("same.json", AWS_OUTPUT);
    await target.perform({ service: "iam", operation: "CreateGroup", input: { GroupName: "g" } });
    await target.perform({
      service: "iam",
      operation: "AddUserToGroup",
      input: { GroupName: "g", UserName: "ana" },
    });
    const before = readFileSync(path, "utf8");
    await target.perform({
      service: "iam",
      operation: "AddUserToGroup",
      input: { GroupName: "g", UserName: "ana" },
    });
    assert.equal(readFileSync(path, "utf8"), before);
  });

  it("starts a new account where there is no file, in a folder that it makes", async () => {
    const path = join(folder, "new", "folder", "account.json");
    const target = snapshotTarget(path, options({ buckets: ["logs"] }));
    assert.deepEqual((await target.read()).BucketPolicies, { logs: null });
    assert.equal(existsSync(path), false);
    await target.perform(CREATE);
    const { GroupDetailList } = JSON.parse(readFileSync(path, "utf8"));
    assert.equal(GroupDetailList[0].Arn, "arn:aws:iam::444455556666:group/g");
    assert.deepEqual(readdirSync(join(folder, "new", "folder")), ["account.json"]);
  });

  it("loses no call when many arrive at once", async () => {
    const { target, path } = open("many.json", AWS_OUTPUT);
    const other = snapshotTarget(path, options({}));
    const names = Array.from({ length: 12 }, (_, index) => `g${index}`);
    const create = (GroupName: string): ApiCall => ({
      service: "iam",
      operation: "CreateGroup",
      input: { GroupName },
    });
    await Promise.all(names.map((name, index) => (index % 2 === 0 ? target : other).perform(create(name))));
    const groups = (await target.read()).GroupDetailList.map(({ GroupName }) => GroupName);
    assert.deepEqual([...groups].sort(), [...names].sort());
  });

  it("takes over the lock of a process that is gone", async () => {
    const { target, path } = open("stale.json", AWS_OUTPUT);
    mkdirSync(`${path}.lock`);
    utimesSync(`${path}.lock`, new Date(0), new Date(0));
    await target.perform(CREATE);
    assert.equal((await target.read()).GroupDetailList.length, 1);
    assert.equal(existsSync(`${path}.lock`), false);
  });

  it("gives the lock back when a call fails", async () => {
    const { target, path } = open("failed.json", AWS_OUTPUT);
    await rejects(
      target.perform({ service: "iam", operation: "DeleteGroup", input: { GroupName: "g" } }),
      "absent",
      /no group `g`/,
    );
    assert.equal(existsSync(`${path}.lock`), false);
  });

  it("leaves the old file where the new one cannot be written", async () => {
    for (const [code, kind, words] of [
      ["ENOSPC", "limit", /the disk is full/],
      ["EACCES", "denied", /you may not/],
      ["EROFS", "denied", /read-only/],
      ["EIO", "unavailable", /EIO/],
    ] as const) {
      const write = () => Promise.reject(Object.assign(new Error("no"), { code }));
      const { target, path } = open(`${code}.json`, AWS_OUTPUT, "  ", { write });
      const before = readFileSync(path, "utf8");
      await rejects(target.perform(CREATE), kind, words);
      assert.equal(readFileSync(path, "utf8"), before);
      assert.equal(existsSync(`${path}.lock`), false);
    }
  });

  it("says what is no snapshot", async () => {
    for (const [name, content, words] of [
      ["broken.json", "{", /not JSON/],
      ["list.json", "[]", /not a snapshot/],
      ["policy.json", JSON.stringify(DOCUMENT), /not a snapshot/],
      ["page.json", JSON.stringify({ UserDetailList: [], IsTruncated: true }), /one page of several/],
      ["entry.json", JSON.stringify({ UserDetailList: [{ UserName: "ana" }] }), /no `Arn`/],
      ["text.json", JSON.stringify({ UserDetailList: ["ana"] }), /not a list of objects/],
      [
        "document.json",
        JSON.stringify({
          ...AWS_OUTPUT,
          RoleDetailList: [{ ...AWS_OUTPUT.RoleDetailList[0], AssumeRolePolicyDocument: 3 }],
        }),
        /trust policy of role `app` has no document/,
      ],
    ] as const) {
      const { target, path } = open(name, content);
      await rejects(target.read(), "invalid", words);
      await rejects(target.perform(CREATE), "invalid", words);
      assert.equal(readFileSync(path, "utf8"), content);
    }
  });

  it("says when a folder is in the way", async () => {
    mkdirSync(join(folder, "folder.json"));
    await rejects(
      snapshotTarget(join(folder, "folder.json"), options({})).read(),
      "invalid",
      /it is a folder/,
    );
    writeFileSync(join(folder, "file"), "");
    const below = snapshotTarget(join(folder, "file", "account.json"), options({}));
    await rejects(below.perform(CREATE), "invalid", /a part of its path is a file/);
  });

  it("does nothing once it is cancelled", async () => {
    const { target, path } = open("cancelled.json", AWS_OUTPUT);
    const before = readFileSync(path, "utf8");
    await rejects(target.perform(CREATE, { signal: AbortSignal.abort() }), "cancelled", /cancelled/);
    assert.equal(readFileSync(path, "utf8"), before);
  });
});

function open(name: string, content: unknown, indent = "  ", more: Partial<SnapshotTargetOptions> = {}) {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, null, indent));
  return { path, target: snapshotTarget(path, options(more)) };
}

function options(more: Partial<SnapshotTargetOptions>): SnapshotTargetOptions {
  return { shown: "the file", accountId: "444455556666", partition: "aws", buckets: [], ...more };
}

async function rejects(
  promise: ReturnType<AccountTarget["read"]> | Promise<void>,
  kind: TargetError["kind"],
  words: RegExp,
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof TargetError, String(error));
    assert.equal(error.kind, kind, error.message);
    assert.match(error.message, words);
    return true;
  });
}
