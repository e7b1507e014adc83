/** An account written out and read back is the same account. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { planChanges } from "../../server/src/account/change/plan-changes.js";
import type { AccessPointDetail, Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import { NO_MANAGED_POLICIES } from "../../server/src/account/managed-policies.js";
import { describeProblem } from "../../server/src/account/problem.js";
import { readAccount } from "../../server/src/account/read-account.js";
import { writeAccount } from "../../server/src/account/write-account.js";
import { ACCOUNT } from "../aws/stand-in/account.js";
import { ACCOUNT_ID } from "../aws/stand-in/state.js";

const HOME = { accountId: ACCOUNT_ID, partition: "aws" };

describe("an account written out", () => {
  it("is a folder of small files", () => {
    const { files, notes } = writeAccount(ACCOUNT, HOME, "eu-west-1");
    assert.deepEqual(
      files.map(({ path }) => path),
      [
        "iam-account.json",
        "policies/read.json",
        "policies/users/ana/own.json",
        "policies/roles/app.trust.json",
        "policies/buckets/logs.json",
      ],
    );
    assert.deepEqual(JSON.parse(files[0]!.text), {
      account: ACCOUNT_ID,
      region: "eu-west-1",
      policies: { read: { document: "policies/read.json", path: "/team/", tags: { owner: "data" } } },
      groups: { readers: { path: "/team/", policies: ["read"] } },
      users: {
        ana: {
          groups: ["readers"],
          inline: { own: "policies/users/ana/own.json" },
          tags: { team: "data & co" },
        },
      },
      roles: {
        app: {
          description: "Runs the nightly job",
          maxSessionDuration: 3600,
          trust: "policies/roles/app.trust.json",
          policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          boundary: "arn:aws:iam::111122223333:policy/team/read",
        },
      },
      instanceProfiles: { app: { role: "app", path: "/machines/" }, spare: null },
      buckets: { logs: { policy: "policies/buckets/logs.json", blockPublicAccess: true }, source: null },
    });
    assert.match(files[1]!.text, /^\{\n {2}"Version": "2012-10-17",\n/);
    assert.deepEqual(notes, []);
  });

  it("read back, it needs no change", () => {
    assertSame(ACCOUNT);
  });

  it("has access points and what blocks the public", () => {
    const blocked = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    const policy = '{"Version":"2012-10-17","Statement":[]}';
    const point = (name: string, more: Partial<AccessPointDetail>): AccessPointDetail => ({
      Name: name,
      AccessPointArn: `arn:aws:s3:eu-west-1:${ACCOUNT_ID}:accesspoint/${name}`,
      Bucket: "logs",
      BucketAccountId: ACCOUNT_ID,
      NetworkOrigin: "Internet",
      ...more,
    });
    const { files } = writeAccount(
      {
        ...ACCOUNT,
        BucketPolicies: { logs: policy, plain: null },
        PublicAccessBlocks: { logs: blocked },
        AccountPublicAccessBlock: blocked,
        AccessPoints: [
          point("reports", { Policy: policy, PublicAccessBlockConfiguration: blocked }),
          point("inside", { NetworkOrigin: "VPC", VpcConfiguration: { VpcId: "vpc-1a2b" } }),
          point("theirs", { Bucket: "partner", BucketAccountId: "444455556666" }),
        ],
      },
      HOME,
      "eu-west-1",
    );
    const { buckets, blockPublicAccess } = JSON.parse(files[0]!.text);
    assert.deepEqual(
      { buckets, blockPublicAccess },
      {
        buckets: {
          logs: {
            policy: "policies/buckets/logs.json",
            blockPublicAccess: true,
            accessPoints: {
              inside: { vpc: "vpc-1a2b" },
              reports: { policy: "policies/buckets/logs/reports.json", blockPublicAccess: true },
            },
          },
          partner: { account: "444455556666", accessPoints: { theirs: null } },
          plain: null,
        },
        blockPublicAccess: true,
      },
    );
  });

  it("says what it leaves out", () => {
    const [role] = ACCOUNT.RoleDetailList;
    const { files, notes } = writeAccount(
      {
        ...ACCOUNT,
        RoleDetailList: [{ ...role!, Path: "/aws-service-role/ecs.amazonaws.com/", RoleName: "Linked" }],
        BucketPolicies: { a: '{"Statement":[{"Effect":"Allow","Resource":"<name>"}]}' },
        UnreadableBuckets: { secret: "It may not be read." },
      },
      HOME,
      undefined,
    );
    assert.ok(!files.some(({ text }) => text.includes("Linked")));
    assert.deepEqual(notes, [
      "policies/buckets/a.json: `<name>` is meant literally in AWS, and is read as a placeholder here.",
      "1 role is left out: what services of AWS made, only they change.",
      "Bucket `secret` is left out: It may not be read.",
    ]);
  });

  it("whatever the names and texts", () => {
    const name = fc.stringMatching(/^[\w+=,.@-]{1,12}$/);
    const path = fc.constantFrom("/", "/team/", "/a/b/");
    const document = fc
      .record({ Sid: fc.stringMatching(/^\w{0,5}$/), Resource: fc.string({ unit: "grapheme" }) })
      .filter(({ Resource }) => !/[<{]/.test(Resource))
      .map((it) =>
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", ...it }] }),
      );
    const identity = (kind: string) =>
      fc
        .tuple(name, path, fc.uniqueArray(fc.tuple(name, document), { selector: ([it]) => it.toLowerCase() }))
        .map(([own, Path, inline]) => ({
          name: own,
          Path,
          Arn: `arn:aws:iam::${ACCOUNT_ID}:${kind}${Path}${own}`,
          AttachedManagedPolicies: [],
          inline: inline.map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
        }));
    const several = <T extends { name: string }>(one: fc.Arbitrary<T>) =>
      fc.uniqueArray(one, { selector: (it) => it.name.toLowerCase(), maxLength: 4 });
    const snapshots = fc
      .tuple(several(identity("user")), several(identity("group")), several(identity("role")), document)
      .map(
        ([users, groups, roles, trust]): Snapshot => ({
          UserDetailList: users.map(({ name: UserName, inline, ...it }) => ({
            ...it,
            UserName,
            UserId: "",
            UserPolicyList: inline,
            GroupList: groups.map((group) => group.name),
            Tags: [{ Key: "a:b/c", Value: UserName }],
          })),
          GroupDetailList: groups.map(({ name: GroupName, inline, ...it }) => ({
            ...it,
            GroupName,
            GroupId: "",
            GroupPolicyList: inline,
          })),
          RoleDetailList: roles.map(({ name: RoleName, inline, ...it }) => ({
            ...it,
            RoleName,
            RoleId: "",
            RolePolicyList: inline,
            AssumeRolePolicyDocument: trust,
            InstanceProfileList: [],
            Tags: [],
          })),
          Policies: [],
          BucketPolicies: { "a.b-c": trust },
        }),
      );
    fc.assert(fc.property(snapshots, assertSame), { numRuns: 100 });
  });
});

function assertSame(snapshot: Snapshot): void {
  const { files } = writeAccount(snapshot, HOME, undefined);
  const paths = files.map(({ path }) => path.toLowerCase());
  assert.equal(new Set(paths).size, paths.length, "two files of one name");
  const texts = new Map(files.map(({ path, text }) => [path, { file: path, text }]));
  const read = readAccount(texts.get("iam-account.json")!, (path) => texts.get(path), NO_MANAGED_POLICIES);
  assert.deepEqual(
    read.problems.map(describeProblem).filter((it) => !it.includes("is a policy of AWS")),
    [],
  );
  const { plan } = planChanges(read.account!, snapshot, { deletions: true, prune: true });
  assert.deepEqual(plan.steps, []);
  assert.deepEqual(plan.unmanaged, []);
}
