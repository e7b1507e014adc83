/** What goes wrong between here and AWS, and what becomes of it: which kind, which words, and never a secret in them. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { ApiCall } from "../../server/src/account/change/api-call.js";
import {
  type AccountTarget,
  TargetError,
  type TargetErrorKind,
} from "../../server/src/account/change/target.js";
import { awsTarget } from "../../server/src/aws/aws-target.js";
import type { Clients } from "../../server/src/aws/clients.js";
import { forgetEnvironment, SECRET, standInClients } from "./stand-in/bench.js";
import type { Fault } from "./stand-in/faults.js";
import { StandIn } from "./stand-in/server.js";
import { EMPTY } from "./stand-in/state.js";

const CREATE_USER: ApiCall = { service: "iam", operation: "CreateUser", input: { UserName: "ana" } };
const PUT_POLICY: ApiCall = {
  service: "s3",
  operation: "PutBucketPolicy",
  input: { Bucket: "logs", Policy: '{"Version":"2012-10-17","Statement":[]}' },
};
const TOKEN = "STAND-IN-SESSION-TOKEN";

/** What a write ends in, whether it was carried out all the same, and words of the message. */
const WRITES: readonly (readonly [Fault, ApiCall, TargetErrorKind, done: boolean, words: RegExp])[] = [
  ["throttling", CREATE_USER, "throttled", false, /slow down.*not carried out \(Throttling\)/],
  ["throttling", PUT_POLICY, "throttled", false, /slow down.*SlowDown/],
  ["timeout", CREATE_USER, "unknown", true, /answer to `CreateUser` was lost.*may have been carried out/],
  ["dropped before", CREATE_USER, "unknown", false, /lost \(ECONNRESET\)/],
  ["dropped after", CREATE_USER, "unknown", true, /lost \(ECONNRESET\)/],
  ["dropped after", PUT_POLICY, "unknown", true, /lost \(ECONNRESET\)/],
  ["internal error", CREATE_USER, "unknown", false, /ServiceFailure.*may have been carried out/],
  ["internal error", PUT_POLICY, "unknown", false, /InternalError/],
  ["service unavailable", CREATE_USER, "unavailable", false, /cannot carry out `CreateUser` now.*later/],
  [
    "denied",
    CREATE_USER,
    "denied",
    false,
    /`arn:aws:iam::111122223333:user\/deployer` may not do `iam:CreateUser` on `\*`.*It takes `iam:CreateUser`/,
  ],
  ["conflict", CREATE_USER, "conflict", false, /ConcurrentModification/],
  ["conflict", PUT_POLICY, "conflict", false, /OperationAborted/],
  ["clock skew", CREATE_USER, "credentials", false, /clock of this computer/],
  ["clock skew", PUT_POLICY, "credentials", false, /clock of this computer/],
  ["expired token", CREATE_USER, "credentials", false, /have expired.*aws sso login/],
  ["expired token", PUT_POLICY, "credentials", false, /have expired/],
  ["bad signature", CREATE_USER, "credentials", false, /signature.*aws sts get-caller-identity/],
  [
    "html",
    CREATE_USER,
    "invalid",
    false,
    /`http:\/\/127.0.0.1:\d+` does not know it.*HTTP 404.*not one of AWS/,
  ],
  ["html", PUT_POLICY, "invalid", false, /HTTP 404/],
  ["html 500", CREATE_USER, "unknown", false, /HTTP 500\) is not one of AWS.*may have been carried out/],
];

describe("what goes wrong on the way to AWS", () => {
  let standIn: StandIn;
  let clients: Clients;
  let target: AccountTarget;

  before(async () => {
    forgetEnvironment();
    process.env["AWS_SESSION_TOKEN"] = TOKEN;
    standIn = await StandIn.start();
    clients = standInClients(standIn);
    target = awsTarget(clients);
  });
  after(async () => {
    clients.close();
    await standIn.close();
  });
  beforeEach(() => standIn.reset({ ...EMPTY, BucketPolicies: { logs: null } }));

  for (const [fault, call, kind, done, words] of WRITES) {
    it(`${fault} in ${call.operation}: ${kind}, sent once`, async () => {
      standIn.fail({ fault, operation: call.operation, times: 9 });
      const error = await failure(target.perform(call));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, words);
      assert.deepEqual(standIn.operations(), [call.operation], "a write must not be repeated in here");
      const { UserDetailList, BucketPolicies } = standIn.state.now;
      assert.equal(UserDetailList.length === 1 || BucketPolicies?.["logs"] !== null, done);
      for (const secret of [SECRET, TOKEN]) assert.ok(!error.message.includes(secret), error.message);
    });
  }

  it("reads are tried again, a few times", async () => {
    standIn.fail({ fault: "throttling", operation: "GetAccountAuthorizationDetails", times: 2 });
    standIn.fail({ fault: "dropped before", operation: "GetBucketPolicy" });
    standIn.fail({ fault: "internal error", operation: "ListBuckets" });
    assert.deepEqual((await target.read()).BucketPolicies, { logs: null });
  });

  it("reads end when it goes on and on", async () => {
    standIn.fail({ fault: "service unavailable", operation: "GetAccountAuthorizationDetails", times: 99 });
    assert.equal((await failure(target.read())).kind, "unavailable");
    assert.ok(standIn.calls.length <= 5, String(standIn.calls.length));
  });

  it("a lost answer to a read changes nothing, so it may be tried again", async () => {
    standIn.fail({ fault: "dropped before", operation: "GetAccountAuthorizationDetails", times: 99 });
    assert.equal((await failure(target.read())).kind, "unavailable");
  });

  it("nobody listens at the endpoint", async () => {
    const gone = await StandIn.start();
    const nowhere = standInClients(gone);
    const { url } = gone;
    await gone.close();
    const error = await failure(awsTarget(nowhere).perform(CREATE_USER));
    assert.equal(error.kind, "unavailable");
    assert.match(error.message, new RegExp(`\`${url}\` could not be reached.*ECONNREFUSED`));
    nowhere.close();
  });

  it("a stale answer shows the account as it was", async () => {
    await target.perform(CREATE_USER);
    standIn.fail({ fault: "stale", operation: "GetAccountAuthorizationDetails" });
    assert.equal((await target.read()).UserDetailList.length, 0);
    assert.equal((await target.read()).UserDetailList.length, 1);
  });

  it("a bucket that may not be read is named, and the others are read", async () => {
    standIn.state.now = { ...EMPTY, BucketPolicies: { logs: null, source: null } };
    standIn.fail({ fault: "denied", operation: "GetBucketPolicy" });
    const { BucketPolicies, UnreadableBuckets } = await target.read();
    assert.equal(Object.keys(BucketPolicies ?? {}).length, 1);
    assert.match(Object.values(UnreadableBuckets ?? {}).join(), /may not do `s3:GetBucketPolicy`/);
  });

  it("without leave to list buckets, nothing is said about buckets", async () => {
    standIn.fail({ fault: "denied", operation: "ListBuckets", times: 9 });
    const { BucketPolicies, UnreadableBuckets } = await target.read();
    assert.equal(BucketPolicies, undefined);
    assert.match(UnreadableBuckets?.["*"] ?? "", /s3:ListBuckets/);
  });

  it("a bucket in another Region is found there", async () => {
    standIn.state.bucketRegions.set("logs", "eu-central-1");
    await target.perform(PUT_POLICY);
    assert.equal(
      (await target.read()).BucketPolicies?.["logs"],
      PUT_POLICY.service === "s3" && policyOf(PUT_POLICY),
    );
    assert.equal(standIn.calls.at(-1)?.request.region, "eu-central-1");
  });

  it("is cancelled while an answer is awaited, if nothing is written", async () => {
    standIn.fail({ fault: "timeout", operation: "GetAccountAuthorizationDetails", times: 9 });
    const controller = new AbortController();
    const asked = target.read({ signal: controller.signal });
    setImmediate(() => controller.abort());
    assert.equal((await failure(asked)).kind, "cancelled");
  });

  it("reads 5,000 users in pages and tells how far it is", async () => {
    const UserDetailList = Array.from({ length: 5_000 }, (_, index) => ({
      UserName: `user-${index}`,
      UserId: `AIDA${index}`,
      Path: "/",
      Arn: `arn:aws:iam::111122223333:user/user-${index}`,
      AttachedManagedPolicies: [],
      UserPolicyList: [],
      GroupList: ["everyone", "engineer"],
      Tags: [],
    }));
    standIn.reset({ ...EMPTY, UserDetailList });
    const told: number[] = [];
    const snapshot = await target.read({
      progress: (done, what) => what.startsWith("users") && told.push(done),
    });
    assert.deepEqual(snapshot.UserDetailList, UserDetailList);
    assert.deepEqual(told, [1000, 2000, 3000, 4000, 5000]);
  });
});

function policyOf(call: ApiCall): string | undefined {
  return call.operation === "PutBucketPolicy" ? call.input.Policy : undefined;
}

async function failure(asked: Promise<unknown>): Promise<TargetError> {
  try {
    await asked;
  } catch (error) {
    assert.ok(error instanceof TargetError, String(error));
    return error;
  }
  return assert.fail("this should have failed");
}
