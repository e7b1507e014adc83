/**
 * The semantic diff against brute force: two random small policies, and every request over a small world. Where some
 * request is decided differently, the diff names its action; and what the diff names holds for every action that it lists.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { diffPolicies } from "../../server/src/account/diff-policies.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { ask, ID, objectArn, policy, type Request, statements, TEAM, words } from "./small-world.js";

const catalogue = fakeCatalogue();

const LETTERS = Number(process.env["LETTERS"] ?? 3);
/** Every short name: most of what patterns of these letters tell apart. */
const NAMES = words(["a", "b", "c"], LETTERS);
const RUNS = Number(process.env["RUNS"] ?? 40);

it("finds every difference that some request over objects and tags shows", () => {
  const actions = ["s3:GetObject", "s3:PutObject"];
  const objects = NAMES.map((name) => `arn:aws:s3:::b/${name}`);
  const teams = [undefined, "a", "b", "ab", "A", "c"];
  const contexts = teams.flatMap((team) =>
    ["true", "false"].map((tls) => ({
      ...(team === undefined ? {} : { [TEAM]: team }),
      "aws:SecureTransport": tls,
    })),
  );
  compare(
    statements({
      actions: ["s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*Object", "*"],
      resources: [
        "*",
        "b/*",
        "b/a*",
        "b/*a",
        "b/?b*",
        "b/*b*",
        "b/ab",
        "b/a?",
        "b/?",
        "b/*a*b*",
        "b/??*",
      ].map(objectArn),
      conditions: [
        ["StringEquals", TEAM, "a"],
        ["StringNotEquals", TEAM, "a"],
        ["StringEqualsIfExists", TEAM, "b"],
        ["StringLike", TEAM, "a*"],
        ["StringLike", TEAM, "*b"],
        ["StringNotLike", TEAM, "?"],
        ["StringEqualsIgnoreCase", TEAM, "A"],
        ["Null", TEAM, "true"],
        ["Bool", "aws:SecureTransport", "true"],
      ],
    }),
    actions.flatMap((action) =>
      objects.flatMap((resource) => contexts.map((context) => ({ action, resource, context }))),
    ),
  );
});

it("finds every difference that some request over numbers, addresses and lists shows", () => {
  const resource = `arn:aws:ec2:us-east-1:${ID}:instance/any`;
  const numbers = [undefined, ...[5, 10, 12, 15, 20, 25].map(String)];
  const addresses = ["10.0.0.1", "10.1.0.1", "10.1.2.3", "192.0.2.1"];
  const keys = [undefined, ["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]];
  const requests = numbers.flatMap((age) =>
    addresses.flatMap((address) =>
      keys.map((tags) => ({
        action: "ec2:CreateTags",
        resource,
        context: {
          "aws:SourceIp": address,
          ...(age === undefined ? {} : { "aws:MultiFactorAuthAge": age }),
          ...(tags === undefined ? {} : { "aws:TagKeys": tags }),
        },
      })),
    ),
  );
  compare(
    statements({
      actions: ["ec2:CreateTags", "ec2:*"],
      resources: ["*"],
      conditions: [
        ["NumericLessThan", "aws:MultiFactorAuthAge", "10"],
        ["NumericLessThanEquals", "aws:MultiFactorAuthAge", "20"],
        ["NumericGreaterThan", "aws:MultiFactorAuthAge", "10"],
        ["NumericNotEquals", "aws:MultiFactorAuthAge", "15"],
        ["IpAddress", "aws:SourceIp", "10.0.0.0/8"],
        ["IpAddress", "aws:SourceIp", "10.1.0.0/16"],
        ["NotIpAddress", "aws:SourceIp", "10.1.2.0/24"],
        ["ForAnyValue:StringEquals", "aws:TagKeys", "a"],
        ["ForAnyValue:StringNotEquals", "aws:TagKeys", "a"],
        ["ForAllValues:StringEquals", "aws:TagKeys", ["a", "b"]],
        ["ForAllValues:StringNotEquals", "aws:TagKeys", "b"],
      ],
    }),
    requests,
  );
});

it("finds every difference that some request over accounts, Regions and variables shows", () => {
  const regions = ["us-east-1", "eu-west-1", "eu-central-1", "us-west-2"];
  const queues = regions.flatMap((region) =>
    [ID, "444455556666"].flatMap((account) =>
      ["a", "b", "any", "a-any", "other"].map((name) => `arn:aws:sqs:${region}:${account}:${name}`),
    ),
  );
  const teams = [undefined, "a", "b", "any", "other"];
  const contexts = teams.flatMap((team) =>
    ["eu-west-1", "eu-central-1", "us-west-2"].map((region) => ({
      ...(team === undefined ? {} : { [TEAM]: team }),
      "aws:RequestedRegion": region,
    })),
  );
  compare(
    statements({
      actions: ["sqs:SendMessage", "sqs:*", "sqs:Receive*"],
      resources: [
        "*",
        "arn:aws:sqs:*:*:a*",
        "arn:aws:sqs:eu-*:*:*",
        `arn:aws:sqs:*:${ID}:?`,
        "arn:aws:sqs:eu-west-1:444455556666:b",
        `arn:aws:sqs:*:*:\${${TEAM}}`,
        `arn:aws:sqs:*:*:a-\${${TEAM}}`,
        `arn:aws:sqs:*:*:\${${TEAM}, 'b'}`,
      ],
      conditions: [
        ["StringEquals", "aws:RequestedRegion", "eu-west-1"],
        ["StringNotEquals", "aws:RequestedRegion", ["eu-west-1", "eu-central-1"]],
        ["StringLike", "aws:RequestedRegion", "eu-*"],
        ["StringEquals", TEAM, "a"],
        ["Null", TEAM, "false"],
      ],
    }),
    ["sqs:SendMessage", "sqs:ReceiveMessage"].flatMap((action) =>
      queues.flatMap((resource) => contexts.map((context) => ({ action, resource, context }))),
    ),
  );
});

it("finds every difference that some request over types of resources with keys of their own shows", () => {
  const resources = ["instance/i-1", "subnet/subnet-1", "volume/vol-1", "network-interface/eni-1"].map(
    (it) => `arn:aws:ec2:us-east-1:${ID}:${it}`,
  );
  const contexts = [undefined, "t3.micro", "m5.large"].flatMap((type) =>
    [undefined, "true", "false"].map((encrypted) => ({
      ...(type === undefined ? {} : { "ec2:InstanceType": type }),
      ...(encrypted === undefined ? {} : { "ec2:Encrypted": encrypted }),
    })),
  );
  compare(
    statements({
      actions: ["ec2:CreateTags", "ec2:*"],
      resources: ["*", "arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:subnet/*", "arn:aws:ec2:*:*:v*"],
      conditions: [
        ["StringEquals", "ec2:InstanceType", "t3.micro"],
        ["StringNotEquals", "ec2:InstanceType", "t3.micro"],
        ["StringLikeIfExists", "ec2:InstanceType", "m5.*"],
        ["Null", "ec2:InstanceType", "true"],
        ["Bool", "ec2:Encrypted", "true"],
        ["BoolIfExists", "ec2:Encrypted", "false"],
      ],
    }),
    resources.flatMap((resource) =>
      contexts.map((context) => ({ action: "ec2:CreateTags", resource, context })),
    ),
  );
});

function compare(policies: fc.Arbitrary<readonly object[]>, requests: readonly Request[]): void {
  let differed = 0;
  fc.assert(
    fc.property(policies, policies, (before, after) => {
      const [old, now] = [policy(before), policy(after)];
      const found = diffPolicies(old, now, catalogue);
      const named = (change: string, action: string) =>
        found.some((it) => it.change === change && it.actions.includes(action));
      for (const { action, resource, context } of requests) {
        const was = ask(old, action, resource, context) === "allowed";
        const is = ask(now, action, resource, context) === "allowed";
        if (was === is) continue;
        differed++;
        assert.ok(named(is ? "gained" : "lost", action), `${action} ${resource} ${JSON.stringify(context)}`);
      }
      for (const { actions, change, witness } of found) {
        assert.deepEqual(
          [witness.before === "allowed", witness.after === "allowed"],
          [change === "lost", change === "gained"],
        );
        for (const action of actions.slice(0, 20)) {
          assert.equal(ask(old, action, witness.resource, witness.context), witness.before);
          assert.equal(ask(now, action, witness.resource, witness.context), witness.after);
        }
      }
    }),
    { numRuns: RUNS },
  );
  assert.ok(differed > 0);
}
