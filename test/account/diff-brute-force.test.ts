/**
 * The semantic diff against brute force: two random small policies, and every request over a small world. Where some
 * request is decided differently, the diff names its action; and what the diff names holds for every action that it lists.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { diffPolicies } from "../../server/src/account/diff-policies.js";
import type { Context } from "../../server/src/account/question.js";
import { readDocumentText } from "../../server/src/account/read-document.js";
import { readCaller } from "../../server/src/evaluate/caller.js";
import { type DecisionWord, decide } from "../../server/src/evaluate/decide.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { fakeCatalogue } from "../catalogue/fake.js";

const catalogue = fakeCatalogue();
const ID = "111122223333";

const LETTERS = Number(process.env["LETTERS"] ?? 3);
/** Every short name: most of what patterns of these letters tell apart. */
const NAMES = words(["a", "b", "c"], LETTERS);
const RUNS = Number(process.env["RUNS"] ?? 40);
const TEAM = "aws:PrincipalTag/team";

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
  const regions = ["us-east-1", "eu-west-1", "eu-central-1"];
  const queues = regions.flatMap((region) =>
    [ID, "444455556666"].flatMap((account) =>
      ["a", "b", "any", "a-any", "other"].map((name) => `arn:aws:sqs:${region}:${account}:${name}`),
    ),
  );
  const teams = [undefined, "a", "b", "any", "other"];
  const contexts = teams.flatMap((team) =>
    ["eu-west-1", "eu-central-1"].map((region) => ({
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

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
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

function statements({
  actions,
  resources,
  conditions,
}: {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly (readonly [operator: string, key: string, value: unknown])[];
}): fc.Arbitrary<readonly object[]> {
  const some = (list: readonly string[]) =>
    fc.subarray([...list], { minLength: 1, maxLength: Math.min(2, list.length) });
  const seldom = fc.integer({ min: 0, max: 4 }).map((it) => it === 0);
  const statement = fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Deny"),
      action: some(actions),
      notAction: seldom,
      resource: some(resources),
      notResource: seldom,
      condition: fc.subarray([...conditions], { maxLength: 2 }),
    })
    .map((it) => ({
      Effect: it.effect,
      [it.notAction ? "NotAction" : "Action"]: it.action,
      [it.notResource ? "NotResource" : "Resource"]: it.resource,
      ...(it.condition.length === 0 ? {} : { Condition: conditionOf(it.condition) }),
    }));
  return fc.array(statement, { minLength: 1, maxLength: 3 });
}

function conditionOf(list: readonly (readonly [operator: string, key: string, value: unknown])[]): object {
  const element: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, value] of list) element[operator] = { ...element[operator], [key]: value };
  return element;
}

function ask(document: Policy, action: string, resource: string, context: Context): DecisionWord {
  const caller = readCaller(`arn:aws:iam::${ID}:user/anyone`);
  assert.ok(typeof caller === "object");
  const policies = { identity: [{ name: "p", document }] };
  return decide({ caller, action, resource, context, policies, resourceAccount: ID }, catalogue);
}

function policy(Statement: readonly object[]): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement });
  const read = readDocumentText({ file: "p", text, language: "json" }, undefined, []);
  assert.ok(read !== undefined);
  return read;
}

function objectArn(name: string): string {
  return name === "*" ? "*" : `arn:aws:s3:::${name}`;
}

function words(letters: readonly string[], longest: number): readonly string[] {
  let last: readonly string[] = letters;
  const all = [...letters];
  for (let length = 2; length <= longest; length++) {
    last = last.flatMap((word) => letters.map((letter) => word + letter));
    all.push(...last);
  }
  return all;
}
