/**
 * The semantic diff against brute force: two random small policies, and every request over a small world. Where some
 * request is decided differently, the diff names its action; and what the diff names holds for every action that it lists.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { diffPolicies } from "../../server/src/account/diff-policies.js";
import { fullAccess } from "../../server/src/account/full-access.js";
import type { Context } from "../../server/src/account/question.js";
import { readCaller } from "../../server/src/evaluate/caller.js";
import { decide } from "../../server/src/evaluate/decide.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import {
  ask,
  assertWitnessed,
  ID,
  objectArn,
  policy,
  type Request,
  statements,
  TEAM,
  words,
} from "./small-world.js";

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

it("finds every difference that some request over dates and ARNs shows", () => {
  const dates = [
    "2023-12-31",
    "2024-01-01",
    "2024-03-01",
    "2024-06-01",
    "2024-12-01",
    "2025-01-01",
    "2026-01-01",
  ];
  const sources = [
    undefined,
    `arn:aws:sns:eu-west-1:${ID}:a`,
    `arn:aws:sns:eu-west-1:${ID}:b`,
    `arn:aws:sns:us-east-1:${ID}:a`,
    "arn:aws:sns:eu-west-1:444455556666:a",
    `arn:aws:sqs:eu-west-1:${ID}:a`,
    `arn:aws:sns:eu-west-1:${ID}:ab`,
    "arn:aws:s3:::x",
  ];
  compare(
    statements({
      actions: ["s3:GetObject", "s3:*"],
      resources: ["*"],
      conditions: [
        ["DateLessThan", "aws:CurrentTime", "2024-06-01T00:00:00Z"],
        ["DateGreaterThan", "aws:CurrentTime", "2024-01-01"],
        ["DateGreaterThanEquals", "aws:CurrentTime", "2025"],
        ["DateLessThanEquals", "aws:CurrentTime", "1717200000"],
        ["DateNotEquals", "aws:CurrentTime", "2024-06-01"],
        ["ArnLike", "aws:SourceArn", `arn:aws:sns:*:${ID}:*`],
        ["ArnLike", "aws:SourceArn", "arn:aws:sns:eu-west-1:*:a*"],
        ["ArnEquals", "aws:SourceArn", `arn:aws:sns:eu-west-1:${ID}:a`],
        ["ArnNotLike", "aws:SourceArn", "arn:aws:sns:*:*:a"],
        ["ArnNotEquals", "aws:SourceArn", `arn:aws:sns:*:${ID}:?`],
        ["ArnLikeIfExists", "aws:SourceArn", "arn:aws:s3:::*"],
        ["Null", "aws:SourceArn", "false"],
        ["StringLike", "aws:SourceArn", `*:${ID}:a`],
      ],
    }),
    dates.flatMap((date) =>
      sources.map((source) => ({
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/x",
        context: {
          "aws:CurrentTime": `${date}T00:00:00Z`,
          ...(source === undefined ? {} : { "aws:SourceArn": source }),
        },
      })),
    ),
  );
});

it("finds every difference that some request over keys that are compared with each other shows", () => {
  const values = [undefined, "a", "b", "any", "anyone", "x-any"];
  const OWNER = "aws:PrincipalTag/owner";
  const contexts = values.flatMap((team) =>
    values.map((owner) => ({
      ...(team === undefined ? {} : { [TEAM]: team }),
      ...(owner === undefined ? {} : { [OWNER]: owner }),
    })),
  );
  compare(
    statements({
      actions: ["s3:GetObject", "s3:*"],
      resources: ["*", `b/\${aws:username}`, `b/\${${TEAM}}*`, "b/a*"].map(objectArn),
      conditions: [
        ["StringEquals", OWNER, `\${aws:username}`],
        ["StringEquals", OWNER, `\${${TEAM}}`],
        ["StringNotEquals", OWNER, `\${${TEAM}}`],
        ["StringLike", OWNER, `x-\${${TEAM}}`],
        ["StringNotLike", OWNER, `*\${${TEAM}, 'b'}`],
        ["StringEquals", TEAM, "a"],
        ["Null", TEAM, "true"],
        ["StringEqualsIfExists", TEAM, `\${${OWNER}}`],
      ],
    }),
    ["anyone", "a", "any", "b", "aa"].flatMap((name) =>
      contexts.map((context) => ({ action: "s3:GetObject", resource: `arn:aws:s3:::b/${name}`, context })),
    ),
  );
});

it("finds every difference that some request over lists of texts shows", () => {
  const texts = ["a", "b", "ab", "A", "c", "bb"];
  const pairs = texts.flatMap((a, index) => texts.slice(index + 1).map((b) => [a, b]));
  const keys = [undefined, ...texts.map((it) => [it]), ...pairs, ["a", "b", "ab"], ["ab", "bb", "c"]];
  compare(
    statements({
      actions: ["ec2:CreateTags", "ec2:*"],
      resources: ["*"],
      conditions: [
        ["ForAnyValue:StringLike", "aws:TagKeys", "a*"],
        ["ForAllValues:StringLike", "aws:TagKeys", ["a*", "b"]],
        ["ForAllValues:StringNotLike", "aws:TagKeys", "*b"],
        ["ForAnyValue:StringNotLike", "aws:TagKeys", "?"],
        ["ForAnyValue:StringEqualsIgnoreCase", "aws:TagKeys", "A"],
        ["ForAllValues:StringEqualsIgnoreCase", "aws:TagKeys", ["a", "B"]],
        ["ForAllValues:StringEqualsIfExists", "aws:TagKeys", ["c"]],
        ["ForAnyValue:StringEqualsIfExists", "aws:TagKeys", ["b"]],
        ["Null", "aws:TagKeys", "false"],
        ["StringEquals", "aws:RequestTag/a", "x"],
        ["StringLike", "aws:RequestTag/a", "?*"],
      ],
    }),
    keys.flatMap((tags) =>
      [undefined, "x", "y"].map((value) => ({
        action: "ec2:CreateTags",
        resource: `arn:aws:ec2:us-east-1:${ID}:instance/any`,
        context: {
          ...(tags === undefined ? {} : { "aws:TagKeys": tags }),
          ...(value === undefined ? {} : { "aws:RequestTag/a": value }),
        },
      })),
    ),
  );
});

it("finds every difference that policies of resources make to some caller", () => {
  const other = "444455556666";
  const callers = [
    `arn:aws:iam::${ID}:user/a`,
    `arn:aws:iam::${ID}:user/b`,
    `arn:aws:iam::${ID}:role/r`,
    `arn:aws:sts::${ID}:assumed-role/r/s`,
    `arn:aws:iam::${other}:user/a`,
    `arn:aws:iam::${other}:root`,
    `arn:aws:iam::${ID}:root`,
    "anonymous",
    "cloudtrail.amazonaws.com",
  ];
  const principals = [
    "*",
    { AWS: "*" },
    { AWS: ID },
    { AWS: `arn:aws:iam::${other}:root` },
    { AWS: callers[0] },
    { AWS: callers[2] },
    { AWS: callers[3] },
    { AWS: [callers[1], other] },
    { Service: "cloudtrail.amazonaws.com" },
  ];
  const withPrincipals = (list: readonly object[]) =>
    fc.tuple(
      ...list.map((it) =>
        fc
          .tuple(fc.constantFrom(...principals), fc.integer({ min: 0, max: 5 }))
          .map(([principal, kind]) => ({ ...it, [kind === 0 ? "NotPrincipal" : "Principal"]: principal })),
      ),
    );
  const policies = statements({
    actions: ["s3:GetObject", "s3:*"],
    resources: ["b/*", "b/a*"].map(objectArn),
    conditions: [
      ["StringEquals", "aws:PrincipalAccount", other],
      ["ArnLike", "aws:PrincipalArn", `arn:aws:iam::${ID}:user/*`],
      ["ArnNotLike", "aws:PrincipalArn", `arn:aws:iam::${ID}:role/*`],
      ["StringNotEquals", "aws:PrincipalAccount", ID],
      ["Bool", "aws:PrincipalIsAWSService", "false"],
      ["BoolIfExists", "aws:SecureTransport", "false"],
      ["StringEquals", "aws:PrincipalOrgID", "o-1"],
      ["StringNotEqualsIfExists", "aws:PrincipalOrgID", "o-1"],
    ],
  }).chain(withPrincipals);
  const contexts = [undefined, "true", "false"].flatMap((tls) =>
    [undefined, "o-1", "o-2"].map((organization) => ({
      ...(tls === undefined ? {} : { "aws:SecureTransport": tls }),
      ...(organization === undefined ? {} : { "aws:PrincipalOrgID": organization }),
    })),
  );
  let differed = 0;
  fc.assert(
    fc.property(policies, policies, (before, after) => {
      const [old, now] = [policy(before), policy(after)];
      const changes = new Set(diffPolicies(old, now, catalogue).map((it) => it.change));
      for (const who of callers) {
        for (const resource of ["b/a", "b/b"].map(objectArn)) {
          for (const context of contexts) {
            const was = lets(old, who, resource, context);
            const is = lets(now, who, resource, context);
            if (was === is) continue;
            differed++;
            const change = is ? "gained" : "lost";
            assert.ok(changes.has(change), `${change}: ${who} ${resource} ${JSON.stringify(context)}`);
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  assert.ok(differed > 0);
});

function lets(document: Policy, who: string, resource: string, context: Context): boolean {
  const caller = readCaller(who);
  const everything = fullAccess();
  assert.ok(typeof caller === "object" && everything !== undefined);
  const policies = {
    identity: [{ name: "everything", document: everything }],
    resource: { name: "p", document },
  };
  const request = {
    caller,
    action: "s3:GetObject",
    resource,
    resourceAccount: "000000000000",
    context,
    policies,
  };
  return decide(request, catalogue) === "allowed";
}

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
      assertWitnessed(found, old, now);
    }),
    { numRuns: RUNS },
  );
  assert.ok(differed > 0);
}
