/** Snapshots as AWS's tools write them, one by one, and as we keep them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { snapshotFromJson } from "../../server/src/account/change/snapshot-from-json.js";
import { ACCOUNT } from "../aws/stand-in/account.js";

const DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"a b"}]}';

describe("snapshots from JSON", () => {
  it("what we write ourselves stays as it is", () => {
    assert.deepEqual(snapshotFromJson(JSON.parse(JSON.stringify(ACCOUNT))), ACCOUNT);
  });

  for (const [form, document] of [
    ["a text", DOCUMENT],
    ["a URL-encoded text", encodeURIComponent(DOCUMENT)],
    ["an object", JSON.parse(DOCUMENT)],
  ]) {
    it(`takes a document that is ${form}`, () => {
      const snapshot = snapshotFromJson({
        RoleDetailList: [
          {
            Arn: "arn:aws:iam::111122223333:role/team/data/app",
            RoleName: "app",
            AssumeRolePolicyDocument: document,
            RolePolicyList: [{ PolicyName: "own", PolicyDocument: document }],
          },
        ],
        Policies: [
          {
            Arn: "arn:aws:iam::111122223333:policy/team/read",
            DefaultVersionId: "v3",
            PolicyVersionList: [{ VersionId: "v3", Document: document }],
          },
        ],
        BucketPolicies: { logs: document, wrapped: { Policy: document }, none: null },
      });
      const [role] = snapshot?.RoleDetailList ?? [];
      const [policy] = snapshot?.Policies ?? [];
      assert.equal(role?.AssumeRolePolicyDocument, DOCUMENT);
      assert.equal(role?.RolePolicyList[0]?.PolicyDocument, DOCUMENT);
      assert.equal(role?.Path, "/team/data/");
      assert.deepEqual(policy?.PolicyVersionList, [
        { VersionId: "v3", IsDefaultVersion: true, Document: DOCUMENT },
      ]);
      assert.equal(policy?.PolicyName, "read");
      assert.deepEqual(snapshot?.BucketPolicies, { logs: DOCUMENT, wrapped: DOCUMENT, none: null });
      assert.deepEqual(snapshot?.UserDetailList, []);
    });
  }

  it("keeps what it does not know", () => {
    const snapshot = snapshotFromJson({
      Policies: [],
      UserDetailList: [{ UserName: "a", Extra: 1 }],
      Note: "mine",
    });
    assert.deepEqual(
      { ...snapshot, UserDetailList: snapshot?.UserDetailList.map((it) => ({ ...it })) },
      {
        Note: "mine",
        Policies: [],
        GroupDetailList: [],
        RoleDetailList: [],
        UserDetailList: [
          {
            UserName: "a",
            Extra: 1,
            Arn: "",
            Path: "/",
            UserId: "",
            AttachedManagedPolicies: [],
            UserPolicyList: [],
            GroupList: [],
            Tags: [],
          },
        ],
      },
    );
  });

  it("is no snapshot without one of its lists", () => {
    for (const value of [undefined, null, 1, [], {}, { account: "111122223333" }])
      assert.equal(snapshotFromJson(value), undefined);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        snapshotFromJson({
          Policies: [a, b],
          UserDetailList: a,
          RoleDetailList: [{ Tags: a }],
          BucketPolicies: b,
        });
      }),
    );
  });
});
