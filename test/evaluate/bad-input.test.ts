/** What `simulate` says to input that is no request: what is wrong, where, and what to do; and it never throws. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readRequest } from "../../server/src/evaluate/read-request.js";
import { simulate, simulateAll } from "../../server/src/evaluate/simulate.js";
import { fakeCatalogue } from "../catalogue/fake.js";

const GOOD = {
  principal: "arn:aws:iam::111122223333:user/ana",
  action: "s3:GetObject",
  resource: "arn:aws:s3:::logs/a.txt",
  resourceAccount: "111122223333",
  policies: { identity: [{ name: "p", document: { Version: "2012-10-17", Statement: [] } }] },
};

const BAD: readonly (readonly [title: string, change: object, pointer: string, message: RegExp])[] = [
  ["no principal", { principal: undefined }, "/principal", /has no principal/],
  ["a principal that is no ARN", { principal: "ana" }, "/principal", /`ana` is not the ARN/],
  ["a group", { principal: "arn:aws:iam::111122223333:group/dev" }, "/principal", /groups make no requests/],
  [
    "a policy as principal",
    { principal: "arn:aws:iam::111122223333:policy/p" },
    "/principal",
    /makes no requests/,
  ],
  ["eleven digits", { principal: "arn:aws:iam::11112222333:user/ana" }, "/principal", /twelve digits/],
  [
    "a session without name",
    { principal: "arn:aws:sts::111122223333:assumed-role/app" },
    "/principal",
    /no session name/,
  ],
  ["many principals", { principal: "arn:aws:iam::111122223333:user/*" }, "/principal", /is a pattern/],
  ["a number as principal", { principal: 7 }, "/principal", /neither a text/],
  ["no action", { action: undefined }, "/action", /has no action/],
  ["many actions", { action: "s3:Get*" }, "/action", /is a pattern/],
  ["an action without service", { action: "GetObject" }, "/action", /is not an action/],
  [
    "an action that does not exist",
    { action: "s3:GetObjekt" },
    "/action",
    /AWS has no action `s3:GetObjekt`/,
  ],
  ["an operation that is no action", { action: "s3:HeadBucket" }, "/action", /AWS has no action/],
  ["a resource that is no ARN", { resource: "logs/a.txt" }, "/resource", /is not an ARN/],
  ["a resource that is no text", { resource: ["*"] }, "/resource", /is not an ARN/],
  [
    "an account of eleven digits",
    { resourceAccount: "11112222333" },
    "/resourceAccount",
    /not an account id/,
  ],
  ["an account as number", { resourceAccount: 111122223333 }, "/resourceAccount", /not an account id/],
  ["a context that is a list", { context: [] }, "/context", /not an object/],
  [
    "a context value that is an object",
    { context: { "aws:TagKeys": {} } },
    "/context/aws:TagKeys",
    /neither a text/,
  ],
  [
    "a slash in a context key",
    { context: { "aws:RequestTag/a": {} } },
    "/context/aws:RequestTag~1a",
    /neither a text/,
  ],
  ["a misspelt key", { ressource: "*" }, "/ressource", /`ressource` means nothing/],
  ["a misspelt kind of policy", { policies: { indentity: [] } }, "/policies/indentity", /means nothing/],
  ["policies as text", { policies: "p" }, "/policies", /not an object/],
  [
    "an access point without its bucket",
    {
      resource: "arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/x",
      policies: { accessPoint: { Statement: [] } },
    },
    "/bucket",
    /has no bucket/,
  ],
  [
    "the policy of an access point for another resource",
    { policies: { accessPoint: { Statement: [] } } },
    "/policies/accessPoint",
    /is none/,
  ],
  ["a bucket beside a bucket", { bucket: "logs" }, "/bucket", /is none/],
  [
    "a bucket that is an object",
    { resource: "arn:aws:s3:eu-west-1:111122223333:accesspoint/a", bucket: "logs/x" },
    "/bucket",
    /is not a bucket/,
  ],
  ["a block that is a text", { blockPublicAccess: "yes" }, "/blockPublicAccess", /does not say/],
  [
    "a setting that S3 does not have",
    { blockPublicAccess: { RestrictPublic: true } },
    "/blockPublicAccess/RestrictPublic",
    /means nothing/,
  ],
  [
    "a setting that is a text",
    { blockPublicAccess: { RestrictPublicBuckets: "true" } },
    "/blockPublicAccess/RestrictPublicBuckets",
    /neither true nor false/,
  ],
  ["a canonical user id that is a number", { canonicalUserId: 7 }, "/canonicalUserId", /not a text/],
  [
    "a document that is a number",
    { policies: { identity: [{ name: "p", document: 7 }] } },
    "/policies/identity/0/document",
    /neither an object nor a text/,
  ],
  [
    "a document without statements",
    { policies: { identity: [{ Version: "2012-10-17" }] } },
    "/policies/identity/0",
    /no statements/,
  ],
  [
    "a broken document",
    { policies: { boundary: [{ document: '{"Statement": [' }] } },
    "/policies/boundary/0/document",
    /not valid JSON/,
  ],
  [
    "two policies of one resource",
    { policies: { resource: [{ Statement: [] }, { Statement: [] }] } },
    "/policies/resource",
    /one policy/,
  ],
  ["levels that are no list", { policies: { scp: {} } }, "/policies/scp", /not a list/],
  [
    "a level without policies",
    { policies: { scp: [{ id: "root" }] } },
    "/policies/scp/0",
    /not an object with policies/,
  ],
  [
    "a broken policy of a level",
    { policies: { rcp: [{ id: "root", policies: ["x"] }] } },
    "/policies/rcp/0/policies/0",
    /not/,
  ],
];

describe("bad input to simulate", () => {
  for (const [title, change, pointer, message] of BAD) {
    it(title, () => {
      const result = simulate({ ...GOOD, ...change }, fakeCatalogue());
      assert.ok(!result.ok, "accepted");
      const [error, ...others] = result.errors;
      assert.equal(error?.pointer, pointer);
      assert.match(error?.message ?? "", message);
      assert.match(error?.hint ?? "", /\.$/);
      assert.deepEqual(others, []);
    });
  }

  it("is not an object at all", () => {
    for (const input of [undefined, null, 7, "x", []]) assert.equal(simulate(input).ok, false);
  });

  it("does not spoil the other requests of a list", () => {
    const [good, bad] = simulateAll([GOOD, { ...GOOD, principal: "ana" }]);
    assert.ok(good?.ok);
    assert.ok(bad && !bad.ok);
    assert.equal(bad.errors[0]?.pointer, "/1/principal");
  });

  it("names the action that authorises an operation", () => {
    const result = simulate({ ...GOOD, action: "s3:HeadBucket" }, fakeCatalogue());
    assert.ok(!result.ok);
    assert.match(result.errors[0]?.hint ?? "", /`s3:ListBucket`/);
  });

  it("takes documents as objects, as texts and bare", () => {
    const document = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    for (const policy of [
      { name: "p", document },
      { document: JSON.stringify(document) },
      document,
      JSON.stringify(document),
    ]) {
      const result = simulate({ ...GOOD, policies: { identity: [policy] } });
      assert.ok(result.ok);
      assert.equal(result.answer.decision, "allowed");
    }
  });

  const WHO: readonly (readonly [written: unknown, as: string])[] = [
    ["*", "anonymous"],
    [{ AWS: "*" }, "anonymous"],
    [{ AWS: "111122223333" }, "root"],
    [{ AWS: ["arn:aws:iam::111122223333:user/ana"] }, "user"],
    [{ Service: "lambda.amazonaws.com" }, "service"],
    [{ service: ["lambda.amazonaws.com"] }, "service"],
    ["lambda.amazonaws.com", "service"],
    [{ Federated: "accounts.google.com" }, "federated"],
    ["accounts.google.com", "federated"],
    ["cognito-identity.amazonaws.com", "federated"],
    ["arn:aws:iam::111122223333:oidc-provider/example.com", "federated"],
  ];
  for (const [written, as] of WHO) {
    it(`takes ${JSON.stringify(written)} for a caller of the kind ${as}`, () => {
      const read = readRequest({ ...GOOD, principal: written });
      assert.ok(read.ok);
      assert.equal(read.request.caller.kind, as);
    });
  }

  it("never throws", () => {
    const shapes = fc.anything({ maxDepth: 3 });
    const parts = fc.record(
      {
        principal: fc.oneof(shapes, fc.constant(GOOD.principal)),
        action: fc.oneof(shapes, fc.constant(GOOD.action)),
        resource: fc.oneof(shapes, fc.constant("*")),
        context: fc.oneof(shapes, fc.dictionary(fc.string(), shapes)),
        policies: fc.dictionary(
          fc.constantFrom("identity", "boundary", "resource", "scp", "endpoint"),
          fc.oneof(
            shapes,
            fc.array(fc.record({ document: fc.oneof(shapes, fc.record({ Statement: shapes })) })),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(shapes, parts), (input) => {
        simulate(input, fakeCatalogue());
      }),
      { numRuns: 3000 },
    );
  });
});
