/** Access Analyzer's findings at their place in our text, merged with ours, and where the two disagree. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readConfiguration } from "../../server/src/lint/configuration.js";
import { Anonymiser } from "../../server/src/lint/online/anonymous-policy.js";
import type {
  AwsFinding,
  AwsPathElement,
  PolicyValidator,
} from "../../server/src/lint/online/policy-validator.js";
import { rules } from "../../server/src/lint/rules/index.js";
import type { PolicyKind } from "../../server/src/policy/words.js";
import { languageOf } from "../../server/src/syntax/document.js";
import type { Json } from "../../server/src/syntax/edits.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { findDisagreements, renderDisagreements } from "../../server/src/workspace/disagreements.js";
import { validateWithAws } from "../../server/src/workspace/validate-with-aws.js";
import { realCatalogue } from "../catalogue/real.js";

const BAD_ACTION = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "Write",
    "Effect": "Allow",
    "Resource": ["arn:aws:s3:::my-bucket/größe😀/*"],
    "Action": ["s3:GetObjekt", "s3:PutObject"]
  }]
}`;
const FIRST_ACTION: readonly AwsPathElement[] = [
  { value: "Statement" },
  { index: 0 },
  { value: "Action" },
  { index: 0 },
];

/** AWS as it answers, and what it was asked. */
function answering(...findings: readonly AwsFinding[]) {
  const asked: { text: string; type: string; resourceType: string | undefined }[] = [];
  const refuse = () => Promise.reject(new Error("not asked here"));
  const validator: PolicyValidator = {
    validate: async (policy) => {
      asked.push(policy);
      return findings;
    },
    checkNoNewAccess: refuse,
    checkAccessNotGranted: refuse,
    checkNoPublicAccess: refuse,
  };
  return { asked, validator };
}

function finding(code: string, path: readonly AwsPathElement[], start = 0, end = 0): AwsFinding {
  return {
    code,
    type: "ERROR",
    message: `${code} it is.`,
    link: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    locations: [{ path, start, end }],
  };
}

function analysed(text: string, path = "policy.json", kind?: PolicyKind) {
  const { configuration } = readConfiguration('{"preset":"aws"}', rules);
  const language = languageOf(path);
  return analyse({
    text,
    language,
    path,
    configuration,
    catalogue: realCatalogue(),
    named: true,
    today: "",
    kind,
  });
}

/** Each finding with its text, and who says it. */
async function merged(text: string, found: readonly AwsFinding[], path?: string, variables = {}) {
  const { validator, asked } = answering(...found);
  const analysis = analysed(text, path);
  const { findings, notAsked } = await validateWithAws(analysis, variables, validator);
  return {
    asked,
    why: notAsked.map((it) => it.why),
    said: findings.map(
      (it) => `${it.said} ${it.finding.rule.accessAnalyzer}: ${text.slice(it.finding.start, it.finding.end)}`,
    ),
  };
}

describe("what AWS says about a policy", () => {
  const forms: readonly (readonly [title: string, text: string, path?: string])[] = [
    ["in one file", BAD_ACTION],
    ["with CRLF", BAD_ACTION.replaceAll("\n", "\r\n")],
    ["behind a byte order mark and blank lines", `\n\n${BAD_ACTION}\n`],
    ["inside of another document", `{"Policies":[${BAD_ACTION}]}`],
    ["in a Markdown fence", `# Größe 😀\n\n\`\`\`json\n${BAD_ACTION}\n\`\`\`\n`, "notes.md"],
  ];
  for (const [title, text, path] of forms) {
    it(`is one finding with ours: ${title}`, async () => {
      const { said, asked } = await merged(text, [finding("INVALID_ACTION", FIRST_ACTION)], path);
      assert.deepEqual(said, ['both INVALID_ACTION: "s3:GetObjekt"']);
      assert.equal(asked.length, 1);
      assert.deepEqual(JSON.parse(asked[0]!.text), JSON.parse(BAD_ACTION));
    });
  }

  it("is found in JSON that is written in a string", async () => {
    const text = JSON.stringify({ policy: BAD_ACTION.replaceAll("\n", " ") });
    const { said } = await merged(text, [finding("INVALID_ACTION", FIRST_ACTION)]);
    assert.deepEqual(said, ['both INVALID_ACTION: \\"s3:GetObjekt\\"']);
  });

  it("is found in Terraform's words, which AWS gets as the policy that they become", async () => {
    const statement = { actions: ["s3:GetObjekt"], resources: ["arn:aws:s3:::home/&{aws:username}/*"] };
    const text = JSON.stringify({ data: { aws_iam_policy_document: { x: { statement } } } });
    const { said, asked } = await merged(text, [finding("INVALID_ACTION", FIRST_ACTION)], "main.tf.json");
    assert.deepEqual(said, ['both INVALID_ACTION: "s3:GetObjekt"']);
    assert.deepEqual(JSON.parse(asked[0]!.text), {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:GetObjekt"], Resource: [`arn:aws:s3:::home/$\{aws:username}/*`] },
      ],
    });
  });

  it("is not asked for where Terraform computes a part, or a fence or a string is torn", async () => {
    const computed =
      '{"resource":{"aws_iam_policy":{"x":{"policy":"{\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Resource\\":\\"@{x}\\"}}"}}}}'.replace(
        "@",
        "$",
      );
    const torn =
      '```json\n> {}\n```\n\n> ```json\n> { "Statement": [{ "Effect": "Allow" "Action": [] }] }\n> ```\n';
    for (const [text, path] of [
      [computed, "main.tf.json"],
      [torn, "notes.md"],
    ] as const) {
      const { asked, why } = await merged(text, [], path);
      assert.deepEqual([asked.length, why.length], [0, 1], text);
    }
  });

  it("stands where the path leads: to a key, to a part of a text, to the whole", async () => {
    const text =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/a":"xyz"}}}}';
    const operator = [{ value: "Statement" }, { value: "Condition" }, { value: "StringEquals" }];
    const { said } = await merged(text, [
      finding("ONE", [...operator, { key: "aws:PrincipalTag/a" }]),
      finding("TWO", [...operator, { value: "aws:PrincipalTag/a" }, { substring: { start: 1, length: 2 } }]),
      finding("THREE", []),
      finding("FOUR", [{ value: "Statement" }, { value: "Action" }, { index: 0 }]),
    ]);
    assert.deepEqual(said, [
      `aws THREE: ${text}`,
      'aws FOUR: "s3:GetObject"',
      'aws ONE: "aws:PrincipalTag/a"',
      "aws TWO: yz",
    ]);
  });

  it("goes by characters where there is no path, whatever they are made of", async () => {
    const at = [...BAD_ACTION].join("").indexOf('"s3:PutObject"');
    const inCharacters = [...BAD_ACTION.slice(0, at)].length;
    const { said } = await merged(`  ${BAD_ACTION}`, [
      finding("INVALID_ACTION", FIRST_ACTION),
      finding("OTHER", [{ value: "Nowhere" }], inCharacters, inCharacters + 14),
    ]);
    assert.deepEqual(said, ['both INVALID_ACTION: "s3:GetObjekt"', 'aws OTHER: "s3:PutObject"']);
  });

  it("is kept apart where it is about something else", async () => {
    const second = [...FIRST_ACTION.slice(0, 3), { index: 1 }];
    const { said } = await merged(BAD_ACTION, [finding("INVALID_ACTION", second)]);
    assert.deepEqual(said, ['here INVALID_ACTION: "s3:GetObjekt"', 'aws INVALID_ACTION: "s3:PutObject"']);
  });

  it("has the name of the rule that is the same check, or one made from its code", async () => {
    const { validator } = answering(finding("INVALID_ACTION", FIRST_ACTION), finding("BRAND_NEW", []));
    const { findings } = await validateWithAws(analysed(BAD_ACTION), {}, validator);
    assert.deepEqual(findings.map((it) => it.finding.rule.name).sort(), ["brand-new", "unknown-action"]);
  });

  const UNASKED: readonly (readonly [title: string, text: string, why: RegExp])[] = [
    ["a syntax mistake", BAD_ACTION.replace("],", "]"), /syntax mistakes are repaired/],
    [
      "a placeholder without a value",
      BAD_ACTION.replace("my-bucket", "<bucket>"),
      /while `<bucket>` has no value/,
    ],
    [
      "what a template fills in",
      BAD_ACTION.replace('"arn:aws:s3:::my-bucket/größe😀/*"', '{"Fn::Sub": "arn:aws:s3:::x/*"}'),
      /a template fills in/,
    ],
  ];
  for (const [title, text, why] of UNASKED) {
    it(`is not asked: ${title}`, async () => {
      const result = await merged(text, []);
      assert.deepEqual(result.asked, []);
      assert.match(result.why.join(), why);
    });
  }

  it("is asked with placeholders filled, and answers at the right place all the same", async () => {
    const text = BAD_ACTION.replace("my-bucket", "<bucket>").replace(
      '"Action"',
      '"Resource":"x-<bucket>","Action"',
    );
    const { asked, said } = await merged(text, [finding("INVALID_ACTION", FIRST_ACTION)], undefined, {
      bucket: 'a-"long"-name',
    });
    assert.match(asked[0]!.text, /arn:aws:s3:::a-\\"long\\"-name\/größe/);
    assert.ok(said.includes('both INVALID_ACTION: "s3:GetObjekt"'), said.join());
  });

  const TYPES: readonly (readonly [PolicyKind, type: string, resource: string | undefined])[] = [
    ["identity", "IDENTITY_POLICY", undefined],
    ["boundary", "IDENTITY_POLICY", undefined],
    ["trust", "RESOURCE_POLICY", "AWS::IAM::AssumeRolePolicyDocument"],
    ["endpoint", "RESOURCE_POLICY", undefined],
    ["scp", "SERVICE_CONTROL_POLICY", undefined],
    ["rcp", "RESOURCE_CONTROL_POLICY", undefined],
  ];
  for (const [kind, type, resource] of TYPES) {
    it(`is asked about a policy of kind ${kind} as ${type}`, async () => {
      const { validator, asked } = answering();
      await validateWithAws(analysed(BAD_ACTION, "policy.json", kind), {}, validator);
      assert.deepEqual(
        asked.map((it) => [it.type, it.resourceType]),
        [[type, resource]],
      );
    });
  }
});

describe("where we and AWS disagree", () => {
  const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Unrelated", "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "arn:aws:ec2:eu-west-1:444455556666:instance/i-0abc" },
    {
      "Sid": "AcmePayroll", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::444455556666:role/team/payroll-admin" },
      "Action": ["s3:GetObjekt", "s3:PutObject"],
      "Resource": "arn:aws:s3:::acme-payroll/\${aws:username}/2026*",
      "Condition": {
        "StringEquals": { "aws:PrincipalTag/cost-centre": "acme", "aws:RequestedRegion": "eu-west-1", "aws:PrincipalOrgID": "o-acme12345" },
        "IpAddress": { "aws:SourceIp": "198.51.100.7/32" },
        "Bool": { "aws:SecureTransport": "true" }
      }
    }
  ]
}`;

  it("is a case without whose it is, that shows it all the same", async () => {
    const { validator } = answering();
    const { asked } = await validateWithAws(analysed(POLICY), {}, validator);
    const report = renderDisagreements(
      findDisagreements(asked, realCatalogue()).filter(({ code }) => code === "INVALID_ACTION"),
      "1.2.3",
    );
    assert.match(report, /## `INVALID_ACTION`: we report it, AWS does not/);
    assert.match(report, /- Place: `\/Statement\/0\/Action\/0`/);
    assert.doesNotMatch(report, /we answer differently/);
    assert.doesNotMatch(
      report,
      /acme|payroll|444455556666|198\.51|cost-centre|Unrelated|team|StartInstances/i,
    );
    const [, policy = ""] = /```json\n([\s\S]*?)```/.exec(report) ?? [];
    assert.deepEqual(JSON.parse(policy), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Sid1",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:role/name1/name2" },
          Action: ["s3:GetObjekt", "s3:PutObject"],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: this is a policy variable.
          Resource: "arn:aws:s3:::name3/${aws:username}/name4*",
          Condition: {
            StringEquals: {
              "aws:PrincipalTag/Tag1": "name5",
              "aws:RequestedRegion": "eu-west-1",
              "aws:PrincipalOrgID": "name6",
            },
            IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
            Bool: { "aws:SecureTransport": "true" },
          },
        },
      ],
    });
  });

  it("keeps no name, whatever the policy", () => {
    const name = fc.stringMatching(/^[a-z0-9]{0,6}zq[a-z0-9-]{0,6}$/);
    const account = fc.stringMatching(/^[1-9]{12}$/);
    const text = fc.oneof(
      name,
      fc
        .tuple(
          fc.constantFrom("s3", "iam", "kms", "sns", "dynamodb"),
          account,
          fc.constantFrom("role/", "user/team/", "table/", "", "key/"),
          name,
        )
        .map(([service, id, type, it]) => `arn:aws:${service}:eu-west-1:${id}:${type}${it}/*`),
      fc.tuple(account, name).map(([id, it]) => `arn:aws:iam::${id}:role/${it}`),
      account,
      name.map((it) => `${it}@${it}.com`),
      name.map((it) => `https://${it}.example/?a=${it}`),
    );
    const policies = fc.record({
      Version: fc.constant("2012-10-17"),
      Id: name,
      Statement: fc.array(
        fc.record({
          Sid: name,
          Effect: fc.constant("Allow"),
          Principal: fc.oneof(fc.constant("*"), fc.record({ AWS: fc.array(text), Federated: text })),
          Action: fc.constant("s3:GetObject"),
          Resource: fc.oneof(text, fc.array(text)),
          Condition: fc.record({
            StringLike: fc.dictionary(
              fc.oneof(
                name.map((it) => `aws:PrincipalTag/${it}`),
                fc.constant("aws:PrincipalOrgID"),
              ),
              fc.oneof(text, fc.array(text)),
            ),
          }),
        }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(policies, (policy) => {
        const accounts = JSON.stringify(policy).match(/[1-9]{12}/g) ?? [];
        const shown = JSON.stringify(new Anonymiser().policy(policy as Json));
        assert.doesNotMatch(shown, /zq/);
        for (const id of accounts) if (!/^(\d)\1+$/.test(id)) assert.ok(!shown.includes(id), shown);
      }),
    );
  });

  it("is told when AWS reports what we do not", async () => {
    const { validator } = answering(
      finding("INVALID_ACTION", FIRST_ACTION),
      finding("BRAND_NEW", FIRST_ACTION),
    );
    const { asked } = await validateWithAws(analysed(BAD_ACTION), {}, validator);
    const [only, ...others] = findDisagreements(asked, realCatalogue());
    assert.deepEqual(
      [only?.code, only?.said, only?.reproduces, others.length],
      ["BRAND_NEW", "aws", true, 0],
    );
  });

  it("is nothing where both say the same", async () => {
    const { validator } = answering(finding("INVALID_ACTION", FIRST_ACTION));
    const { asked } = await validateWithAws(analysed(BAD_ACTION), {}, validator);
    assert.equal(renderDisagreements(findDisagreements(asked, realCatalogue()), "1.2.3"), "");
  });
});
