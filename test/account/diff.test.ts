/** Access gained and lost between two policies or two accounts: every witness holds, and no random request knows better. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { diffAccounts } from "../../server/src/account/diff-accounts.js";
import { diffPolicies } from "../../server/src/account/diff-policies.js";
import { findPrincipal } from "../../server/src/account/principal.js";
import { readDocumentText } from "../../server/src/account/read-document.js";
import type { Difference } from "../../server/src/account/semantic-diff.js";
import { verdictOf } from "../../server/src/account/verdict.js";
import { readCaller } from "../../server/src/evaluate/caller.js";
import { decide } from "../../server/src/evaluate/decide.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { account } from "./small-world.js";

const catalogue = fakeCatalogue();
const ID = "111122223333";
const allow = (Action: unknown, Resource: unknown = "*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown = "*", more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: "Deny",
});

/** Each lets pass who meets one of its conditions. */
const DENIALS = [
  deny("*", "*", { Condition: { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } } }),
  deny("*", "*", {
    Condition: {
      StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-1" },
      BoolIfExists: { "aws:ViaAWSService": "false" },
    },
  }),
  deny("*", "*", { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }),
  deny("*", "*", { Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } } }),
];

/** What was found: sign, action, resource and context of each witness. */
type Found = readonly string[];

const POLICIES: readonly (readonly [
  name: string,
  before: readonly object[],
  after: readonly object[],
  found: Found,
])[] = [
  [
    "an action more",
    [allow("s3:GetObject")],
    [allow(["s3:GetObject", "s3:PutObject"])],
    ["+ s3:PutObject arn:aws:s3:::any/any"],
  ],
  [
    "an action less",
    [allow(["sqs:SendMessage", "sqs:ReceiveMessage"])],
    [allow("sqs:SendMessage")],
    [`- sqs:ReceiveMessage arn:aws:sqs:us-east-1:${ID}:any`],
  ],
  [
    "the same in other words",
    [allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::a/*", "arn:aws:s3:::a/b/*"])],
    [
      { Sid: "Write", ...allow("s3:putobject", "arn:aws:s3:::a/*") },
      { Sid: "Read", ...allow("S3:GetObject", ["arn:aws:s3:::a/*"]) },
    ],
    [],
  ],
  [
    "a narrower resource",
    [allow("s3:GetObject", "arn:aws:s3:::logs/*")],
    [allow("s3:GetObject", "arn:aws:s3:::logs/2026/*")],
    ["- s3:GetObject arn:aws:s3:::logs/any"],
  ],
  [
    "two resources that cross",
    [allow("s3:GetObject", "arn:aws:s3:::logs-*")],
    [allow("s3:GetObject", "arn:aws:s3:::logs-*"), deny("s3:GetObject", "arn:aws:s3:::*-secret/x")],
    ["- s3:GetObject arn:aws:s3:::logs-any-secret/x"],
  ],
  [
    "a condition more",
    [allow("s3:GetObject")],
    [allow("s3:GetObject", "*", { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } })],
    ["- s3:GetObject arn:aws:s3:::any/any"],
  ],
  [
    "another value of a condition",
    [allow("ec2:StartInstances", "*", { Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } } })],
    [allow("ec2:StartInstances", "*", { Condition: { StringEquals: { "aws:PrincipalTag/team": "b" } } })],
    [
      `+ ec2:StartInstances arn:aws:ec2:us-east-1:${ID}:instance/any aws:PrincipalTag/team=b`,
      `- ec2:StartInstances arn:aws:ec2:us-east-1:${ID}:instance/any aws:PrincipalTag/team=a`,
    ],
  ],
  [
    "a deny without TLS",
    [allow("s3:GetObject")],
    [allow("s3:GetObject"), deny("s3:*", "*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })],
    ["- s3:GetObject arn:aws:s3:::any/any aws:SecureTransport=false"],
  ],
  [
    "a Region, but not for services that have one home",
    [allow(["iam:GetUser", "sqs:SendMessage"])],
    [
      allow(["iam:GetUser", "sqs:SendMessage"], "*", {
        Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } },
      }),
    ],
    [`- sqs:SendMessage arn:aws:sqs:us-east-1:${ID}:any aws:RequestedRegion=eu-central-1`],
  ],
  [
    "a Region that a pattern leaves out, with the usual ones within it",
    [allow("sqs:SendMessage", ["arn:aws:sqs:eu-*:*:games", "arn:aws:sqs:us-*:*:games"])],
    [allow("sqs:SendMessage", "arn:aws:sqs:*:*:games")],
    [`+ sqs:SendMessage arn:aws:sqs:ap-southeast-1:${ID}:games`],
  ],
  [
    "what needs no name of a user, other than what does",
    [allow(["iam:CreateUser", "iam:ListMFADevices", "iam:GetRole"])],
    [
      allow(["iam:CreateUser", "iam:ListMFADevices", "iam:GetRole"]),
      { Effect: "Deny", Action: "*", NotResource: "arn:aws:iam::*:*" },
    ],
    ["- iam:ListMFADevices *"],
  ],
  [
    "NotAction",
    [allow("sqs:*")],
    [{ Effect: "Allow", NotAction: ["s3:*", "ec2:*", "iam:*", "kms:*", "lambda:*"], Resource: "*" }],
    // Everything else of the catalogue, service by service: asked for by name below.
    ["+ sns:Publish"],
  ],
  [
    "what carries one's own name",
    [],
    [
      allow("ec2:StartInstances", "*", {
        Condition: { StringEquals: { "aws:ResourceTag/owner": `\${aws:username}` } },
      }),
    ],
    [`+ ec2:StartInstances arn:aws:ec2:us-east-1:${ID}:instance/any aws:ResourceTag/owner=anyone`],
  ],
  [
    "what carries the same tag, behind denials with many ways out",
    [...DENIALS],
    [
      ...DENIALS,
      allow("ec2:StartInstances", "*", {
        Condition: { StringEquals: { "aws:ResourceTag/team": `\${aws:PrincipalTag/team}` } },
      }),
    ],
    [
      `+ ec2:StartInstances arn:aws:ec2:us-east-1:${ID}:instance/any aws:RequestedRegion=eu-west-1 aws:PrincipalTag/team=any aws:SourceIp=192.0.2.0 aws:SourceVpc=vpc-1 aws:MultiFactorAuthPresent=true aws:ResourceTag/team=any`,
    ],
  ],
  [
    "an ARN of a single letter",
    [allow("s3:GetObject", "*", { Condition: { ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${ID}:?` } } })],
    [],
    [`- s3:GetObject arn:aws:s3:::any/any aws:SourceArn=arn:aws:sns::${ID}:x`],
  ],
  ["a deny of what was never allowed", [allow("s3:GetObject")], [allow("s3:GetObject"), deny("sqs:*")], []],
  ["an unknown action", [allow("s3:GetObject")], [allow(["s3:GetObject", "s3:Nonsense"])], []],
];

describe("two policies", () => {
  for (const [name, before, after, expected] of POLICIES) {
    it(name, () => {
      const found = diffPolicies(policy(before), policy(after), catalogue);
      if (name === "NotAction") {
        assert.ok(
          found.some(({ actions, change }) => change === "gained" && actions.includes("sns:Publish")),
        );
        assert.ok(!found.some(({ actions }) => actions.some((it) => /^(?:s3|sqs|iam):/.test(it))));
      } else assert.deepEqual(found.map(shown), expected);
      for (const { witness } of found) {
        const { action, resource, context } = witness;
        const again = [before, after].map((it) => decideAs(policy(it), action, resource, context));
        assert.deepEqual(again, [witness.before, witness.after]);
      }
    });
  }

  it("of a resource: for everyone whom they name, as far as they go", () => {
    const grant = (who: unknown) => ({ ...allow("s3:GetObject", "arn:aws:s3:::logs/*"), Principal: who });
    const user = `arn:aws:iam::${ID}:user/ana`;
    const found = diffPolicies(policy([grant({ AWS: user })]), policy([grant("*")]), catalogue);
    assert.deepEqual(
      found.map((it) => `${it.who} ${shown(it)}`),
      ["anonymous + s3:GetObject arn:aws:s3:::logs/any"],
    );
  });

  const everyone = (Condition?: object) => ({
    ...allow("s3:GetObject", "arn:aws:s3:::logs/*", Condition === undefined ? {} : { Condition }),
    Principal: "*",
  });
  const ROLE = `arn:aws:iam::${ID}:role/app`;
  for (const [name, before, after, expected] of [
    [
      "whom a condition picks out of everyone",
      [],
      [everyone({ ArnLike: { "aws:PrincipalArn": ROLE } })],
      [`${ROLE} + s3:GetObject arn:aws:s3:::logs/any`],
    ],
    [
      "an account that a condition picks out",
      [],
      [everyone({ StringEquals: { "aws:PrincipalAccount": "444455556666" } })],
      ["arn:aws:iam::444455556666:user/anyone + s3:GetObject arn:aws:s3:::logs/any"],
    ],
    [
      "another role",
      [everyone({ ArnEquals: { "aws:PrincipalArn": ROLE } })],
      [everyone({ ArnEquals: { "aws:PrincipalArn": `${ROLE}2` } })],
      [`${ROLE} - s3:GetObject arn:aws:s3:::logs/any`, `${ROLE}2 + s3:GetObject arn:aws:s3:::logs/any`],
    ],
    [
      "a role of an account that is named as a whole",
      [],
      [
        {
          ...everyone({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci/*" } }),
          Principal: { AWS: `arn:aws:iam::${ID}:root` },
        },
      ],
      [`arn:aws:iam::${ID}:role/ci/any + s3:GetObject arn:aws:s3:::logs/any`],
    ],
  ] as const) {
    it(`of a resource: ${name}`, () => {
      const found = diffPolicies(policy(before), policy(after), catalogue);
      assert.deepEqual(
        found.map((it) => `${it.who} ${shown(it)}`),
        expected,
      );
    });
  }

  it("tell users apart by the names that conditions ask for", () => {
    const named = (user: string) =>
      allow("s3:GetObject", "*", { Condition: { StringEquals: { "aws:username": user } } });
    const found = diffPolicies(policy([named("ana")]), policy([named("ben")]), catalogue);
    assert.deepEqual(found.map(shown), [
      "+ s3:GetObject arn:aws:s3:::any/any aws:username=ben",
      "- s3:GetObject arn:aws:s3:::any/any aws:username=ana",
    ]);
  });

  it("never miss what a random request finds", () => {
    fc.assert(
      fc.property(statements, statements, (before, after) => {
        const [old, now] = [policy(before), policy(after)];
        const found = diffPolicies(old, now, catalogue);
        for (const { action, resource, context } of REQUESTS) {
          const was = decideAs(old, action, resource, context) === "allowed";
          const is = decideAs(now, action, resource, context) === "allowed";
          if (was === is) continue;
          assert.ok(
            found.some((it) => it.change === (is ? "gained" : "lost") && it.actions.includes(action)),
            `${action} ${resource} ${JSON.stringify(context)}`,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("two accounts", () => {
  const base = {
    account: ID,
    policies: { all: policyJson([allow("*")]), read: policyJson([allow("s3:GetObject")]) },
    groups: { readers: { policies: ["read"] } },
    users: { ana: { groups: ["readers"] }, ben: {} },
  };

  it("find who comes in through an access point, and when its bucket lets it in", () => {
    const object = `arn:aws:s3:eu-west-1:${ID}:accesspoint/reports/object/*`;
    const toBen = { ...allow("s3:DeleteObject", object), Principal: { AWS: `arn:aws:iam::${ID}:user/ben` } };
    const handsOver = {
      ...allow("s3:*", "arn:aws:s3:::logs/*"),
      Principal: "*",
      Condition: { StringEquals: { "s3:DataAccessPointAccount": ID } },
    };
    const withPoint = (bucket: readonly object[], reports: unknown) =>
      account({
        ...base,
        region: "eu-west-1",
        buckets: { logs: { policy: policyJson(bucket), accessPoints: { reports } } },
      });
    const found = (bucket: readonly object[]) =>
      diffAccounts(withPoint(bucket, {}), withPoint(bucket, policyJson([toBen])), catalogue).map(
        (it) => `${it.who} ${shown(it)}`,
      );
    assert.deepEqual(found([handsOver]), [`user/ben + s3:DeleteObject ${object.replace("*", "any")}`]);
    assert.deepEqual(found([deny("sqs:*")]), []);
  });

  for (const [name, change, expected] of [
    ["the same", {}, []],
    [
      "a group that is left",
      { users: { ana: {}, ben: {} } },
      ["user/ana - s3:GetObject arn:aws:s3:::any/any"],
    ],
    [
      "a user who comes",
      { users: { ...base.users, cy: { policies: ["read"] } } },
      ["user/cy + s3:GetObject arn:aws:s3:::any/any"],
    ],
    ["a user who goes", { users: { ben: {} } }, ["user/ana - s3:GetObject arn:aws:s3:::any/any"]],
    [
      "a boundary",
      {
        policies: { ...base.policies, fence: policyJson([allow("sqs:*")]) },
        users: { ana: { groups: ["readers"], boundary: "fence" }, ben: {} },
      },
      ["user/ana - s3:GetObject arn:aws:s3:::any/any"],
    ],
    [
      "a bucket policy",
      {
        buckets: {
          logs: policyJson([
            {
              ...allow("s3:DeleteObject", "arn:aws:s3:::logs/*"),
              Principal: { AWS: `arn:aws:iam::${ID}:user/ben` },
            },
          ]),
        },
      },
      ["user/ben + s3:DeleteObject arn:aws:s3:::logs/any"],
    ],
    [
      "a bucket that becomes public",
      {
        buckets: { logs: policyJson([{ ...allow("s3:GetObject", "arn:aws:s3:::logs/*"), Principal: "*" }]) },
      },
      ["user/ben + s3:GetObject arn:aws:s3:::logs/any", "anonymous + s3:GetObject arn:aws:s3:::logs/any"],
    ],
    [
      "a bucket for another account",
      {
        buckets: {
          logs: policyJson([
            { ...allow("s3:GetObject", "arn:aws:s3:::logs/*"), Principal: { AWS: "444455556666" } },
          ]),
        },
      },
      ["444455556666 + s3:GetObject arn:aws:s3:::logs/any"],
    ],
    [
      "what of a service needs no key, whose policy nobody knows",
      { users: { ...base.users, ben: { inline: { keys: policyJson([allow("kms:*")]) } } } },
      ["user/ben + kms:CreateKey *"],
    ],
    [
      "a region lock that names what is usual",
      {
        users: { ana: { policies: ["read"] } },
        organization: {
          scps: [
            {
              level: "root",
              policies: {
                lock: policyJson([
                  deny("*", "*", {
                    Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
                  }),
                ]),
              },
            },
          ],
        },
      },
      ["user/ana - s3:GetObject arn:aws:s3:::any/any aws:RequestedRegion=us-west-2"],
    ],
    [
      "what carries the tag of a user",
      {
        users: {
          ana: {
            groups: ["readers"],
            tags: { team: "red" },
            inline: {
              own: policyJson([
                allow("ec2:StartInstances", "*", {
                  Condition: { StringEquals: { "aws:ResourceTag/team": `\${aws:PrincipalTag/team}` } },
                }),
              ]),
            },
          },
          ben: {},
        },
      },
      [`user/ana + ec2:StartInstances arn:aws:ec2:us-east-1:${ID}:instance/any aws:ResourceTag/team=red`],
    ],
    [
      "a service control policy",
      { organization: { scps: [{ level: "root", policies: { no: policyJson([deny("s3:*")]) } }] } },
      ["user/ana - s3:GetObject arn:aws:s3:::any/any"],
    ],
    [
      "a policy under another name",
      {
        policies: { all: base.policies.all, lesen: base.policies.read },
        groups: { readers: { policies: ["lesen"] } },
      },
      [],
    ],
  ] as const) {
    it(name, () => {
      const [before, after] = [account(base), account({ ...base, ...change })];
      const found = diffAccounts(before, after, catalogue);
      assert.deepEqual(
        found.map((it) => `${it.who} ${shown(it)}`),
        expected,
      );
      for (const { who, witness } of found) {
        for (const [where, decision] of [
          [before, witness.before],
          [after, witness.after],
        ] as const) {
          // Somebody from outside is nobody whom an account can be asked about.
          const principal = findPrincipal(where, who);
          if (!principal.ok) continue;
          const verdict = verdictOf(where, { principal: principal.principal, ...witness }, catalogue);
          assert.equal(verdict.decided && verdict.decision, decision);
        }
      }
    });
  }
});

const REGIONS = ["eu-west-1", "us-west-2"];
const statements = fc.array(
  fc.record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    Action: fc.subarray(["s3:GetObject", "s3:Put*", "s3:*", "sqs:SendMessage", "*"], {
      minLength: 1,
      maxLength: 2,
    }),
    Resource: fc.subarray(
      ["*", "arn:aws:s3:::logs/*", "arn:aws:s3:::logs/x/*", "arn:aws:s3:::*/x/a", "arn:aws:sqs:*:*:q*"],
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    Condition: fc.option(
      fc.constantFrom<object>(
        { StringEquals: { "aws:RequestedRegion": REGIONS[0] } },
        { StringNotEquals: { "aws:RequestedRegion": REGIONS } },
        { Bool: { "aws:SecureTransport": "false" } },
        { StringLike: { "aws:PrincipalTag/team": "a*" } },
        { Null: { "aws:PrincipalTag/team": "true" } },
        { NumericLessThan: { "aws:MultiFactorAuthAge": "300" } },
      ),
      { nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);
const REQUESTS = ["s3:GetObject", "s3:PutObject", "sqs:SendMessage"].flatMap((action) =>
  (action.startsWith("s3")
    ? ["logs/x/a", "logs/x/b", "logs/a", "other/x/a", "other/b"]
    : ["q1", "r"]
  ).flatMap((name) =>
    ["eu-west-1", "us-west-2", "ap-south-1"].flatMap((region) =>
      [
        {},
        { "aws:PrincipalTag/team": "abc" },
        { "aws:PrincipalTag/team": "x", "aws:MultiFactorAuthAge": 100 },
      ].flatMap((more) =>
        ["true", "false"].map((tls) => ({
          action,
          resource: action.startsWith("s3") ? `arn:aws:s3:::${name}` : `arn:aws:sqs:eu-west-1:${ID}:${name}`,
          context: { "aws:RequestedRegion": region, "aws:SecureTransport": tls, ...more },
        })),
      ),
    ),
  ),
);

function shown({ change, witness }: Difference): string {
  const context = Object.entries(witness.context).map(([key, value]) => ` ${key}=${String(value)}`);
  return `${change === "gained" ? "+" : "-"} ${witness.action} ${witness.resource}${context.join("")}`;
}

function decideAs(
  document: Policy,
  action: string,
  resource: string,
  context: Difference["witness"]["context"],
) {
  const caller = readCaller(`arn:aws:iam::${ID}:user/anyone`);
  assert.ok(typeof caller === "object");
  const policies = { identity: [{ name: "p", document }] };
  return decide({ caller, action, resource, context, policies, resourceAccount: ID }, catalogue);
}

function policyJson(Statement: readonly object[]): object {
  return { Version: "2012-10-17", Statement };
}

function policy(list: readonly object[]): Policy {
  const text = JSON.stringify(policyJson(list));
  const read = readDocumentText({ file: "p", text, language: "json" }, undefined, []);
  assert.ok(read !== undefined);
  return read;
}
