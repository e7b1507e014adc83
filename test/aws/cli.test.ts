/** The commands that ask AWS, as a terminal sees them, over the stand-in; no secret is ever printed. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import { readSnapshotText } from "../../server/src/account/change/snapshot-text.js";
import { globSync } from "../../tools/glob.mjs";
import { cli, folder, type Run } from "../cli/cli.js";
import { ACCOUNT } from "./stand-in/account.js";
import { forgetEnvironment, SECRET } from "./stand-in/bench.js";
import { StandIn } from "./stand-in/server.js";

const TOKEN = "STAND-IN-SESSION-TOKEN";
let standIn: StandIn;
const printed: Run[] = [];

/** A command against the stand-in. */
async function aws(...args: readonly (string | { input: string })[]): Promise<Run> {
  const run = await cli(...args);
  printed.push(run);
  return run;
}

before(async () => {
  standIn = await StandIn.start();
});
after(async () => {
  await standIn.close();
  for (const { out, err } of printed)
    for (const secret of [SECRET, TOKEN]) assert.ok(!`${out}${err}`.includes(secret), "a secret was printed");
});
beforeEach(() => {
  forgetEnvironment();
  process.env["AWS_SESSION_TOKEN"] = TOKEN;
  process.env["AWS_ENDPOINT_URL"] = standIn.url;
  standIn.reset(ACCOUNT);
});

describe("iam-policy snapshot", () => {
  it("prints the account, in the form that other commands read", async () => {
    const { code, out } = await aws("snapshot");
    assert.equal(code, 0);
    assert.deepEqual(readSnapshotText(out, "out"), ACCOUNT);
    writeFileSync(join(folder, "printed.json"), out);
    const asked = await cli(
      ...["simulate", "--account", "printed.json", "--as", "user/ana"],
      ...["--action", "s3:GetObject", "--resource", "arn:aws:s3:::logs/a"],
    );
    assert.match(asked.out, /allowed/);
  });

  it("stores it in a file, and replaces an older one", async () => {
    for (const users of [1, 2]) {
      const { code, out } = await aws("snapshot", "--out", "snapshot.json");
      assert.equal(code, 0);
      assert.match(
        out,
        new RegExp(`^${users} users?, 1 group, 1 role, 2 policies and 2 buckets of account 1{4}2{4}3{4} `),
      );
      const stored: Snapshot = JSON.parse(readFileSync(join(folder, "snapshot.json"), "utf8"));
      assert.equal(stored.UserDetailList.length, users);
      standIn.state.perform({ service: "iam", operation: "CreateUser", input: { UserName: "new" } });
    }
  });

  it("replaces nothing else", async () => {
    writeFileSync(join(folder, "work.json"), '{"account":"111122223333"}');
    const { code, err } = await aws("snapshot", "--out", "work.json");
    assert.equal(code, 2);
    assert.match(err, /work.json is there already and is no snapshot/);
    assert.deepEqual(standIn.calls, []);
  });

  it("names what may not be read", async () => {
    standIn.fail({ fault: "denied", operation: "GetBucketPolicy" });
    const { code, err } = await aws("snapshot");
    assert.equal(code, 1);
    assert.match(err, /The policy of bucket logs is left out: .*may not do `s3:GetBucketPolicy`/);
  });

  it("says why AWS could not be asked", async () => {
    standIn.fail({ fault: "expired token", operation: "GetCallerIdentity", times: 9 });
    assert.match((await aws("snapshot")).err, /credentials of AWS have expired/);
    standIn.reset();
    standIn.fail({ fault: "bad signature", operation: "GetCallerIdentity", times: 9 });
    const { code, err } = await aws("snapshot");
    assert.equal(code, 2);
    assert.match(err, /does not accept the signature/);
  });

  it("refuses an endpoint that is none", async () => {
    const { code, err } = await aws("snapshot", "--endpoint-url", "localhost");
    assert.equal(code, 2);
    assert.match(err, /--endpoint-url/);
  });
});

describe("iam-policy import", () => {
  it("writes the files of a live account, which other commands read", async () => {
    await aws("import", "--out", "nowhere-said");
    const unsaid = JSON.parse(readFileSync(join(folder, "nowhere-said/iam-account.json"), "utf8"));
    assert.equal(unsaid.region, undefined);
    const { code, out, err } = await aws("import", "--out", "live", "--region", "eu-west-1");
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /account 111122223333 is in live\/iam-account.json, its 4 policies in files beside it/);
    assert.equal(JSON.parse(readFileSync(join(folder, "live/iam-account.json"), "utf8")).region, "eu-west-1");
    writeFileSync(join(folder, "snapshot.json"), JSON.stringify(ACCOUNT));
    const difference = await cli(
      ...["diff", "snapshot.json", "live/iam-account.json", "--managed-policies", "snapshot.json"],
    );
    assert.deepEqual([difference.code, difference.err], [0, ""]);
  });

  it("writes those of a snapshot, however AWS's tools encoded it", async () => {
    const encoded = structuredClone(ACCOUNT) as unknown as {
      Policies: { PolicyVersionList: { Document: string }[] }[];
    };
    for (const { PolicyVersionList } of encoded.Policies)
      for (const version of PolicyVersionList) version.Document = encodeURIComponent(version.Document);
    writeFileSync(join(folder, "encoded.json"), JSON.stringify(encoded));
    assert.equal((await cli("import", "encoded.json", "--out", "stored")).code, 0);
    assert.match(readFileSync(join(folder, "stored/policies/read.json"), "utf8"), /"Action": "s3:GetObject"/);
    assert.deepEqual(standIn.calls, []);
  });

  it("overwrites nothing, and then writes nothing", async () => {
    assert.equal((await cli("import", "encoded.json", "--out", "twice")).code, 0);
    assert.equal((await cli("import", "encoded.json", "--out", "twice")).code, 0);
    writeFileSync(join(folder, "twice/policies/read.json"), '{"mine": true}');
    const { code, err } = await cli("import", "encoded.json", "--out", "twice");
    assert.equal(code, 2);
    assert.match(err, /Nothing is written.*policies\/read.json/);
    assert.equal(readFileSync(join(folder, "twice/policies/read.json"), "utf8"), '{"mine": true}');
  });

  it("takes nothing else for a snapshot", async () => {
    const { code, err } = await cli("import", "live/iam-account.json");
    assert.equal(code, 2);
    assert.match(err, /live\/iam-account.json is not a snapshot/);
  });
});

describe("iam-policy validate", () => {
  const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObjekt"], "Resource": "arn:aws:s3:::logs/*" }
  ]
}`;
  // As in https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html
  const found = (issueCode: string, findingType: string, path: readonly object[]) => ({
    findingDetails: `The check ${issueCode} says so.`,
    findingType,
    issueCode,
    learnMoreLink:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    locations: [
      { path, span: { start: { line: 4, column: 4, offset: 40 }, end: { line: 4, column: 9, offset: 45 } } },
    ],
  });
  const ACTION = [{ value: "Statement" }, { index: 0 }, { value: "Action" }, { index: 0 }];
  const FINDINGS = [
    found("INVALID_ACTION", "ERROR", ACTION),
    ...Array.from({ length: 120 }, (_, index) => found(`CHECK_${index}`, "SUGGESTION", ACTION)),
  ];

  before(() => writeFileSync(join(folder, "validated.json"), POLICY));

  it("prints what we and AWS say, once, through all pages", async () => {
    standIn.analyzer.findings.set(POLICY, FINDINGS);
    const { code, out } = await aws("validate", "validated.json", "--format", "json");
    assert.equal(code, 1);
    const [file] = JSON.parse(out).files;
    const checks = file.findings.filter(
      (it: { accessAnalyzer: string | null }) => it.accessAnalyzer !== null,
    );
    assert.equal(checks.length, 121);
    const both = checks.filter((it: { said: string }) => it.said === "both");
    assert.deepEqual(
      both.map((it: { rule: string; pointer: string }) => [it.rule, it.pointer]),
      [["unknown-action", "/Statement/0/Action/0"]],
    );
    assert.deepEqual(standIn.operations(), ["ValidatePolicy", "ValidatePolicy"]);
    const { policyType, locale } = JSON.parse(standIn.calls[0]!.request.body);
    assert.deepEqual([policyType, locale], ["IDENTITY_POLICY", "EN"]);
  });

  it("says who says it, and where AWS and we disagree", async () => {
    standIn.analyzer.findings.set(POLICY, FINDINGS.slice(0, 2));
    const { out } = await aws("validate", "validated.json", "--report", "disagreements.md");
    assert.match(out, /error unknown-action \(AWS too\)/);
    assert.match(out, /info check-0 \(AWS\)/);
    assert.match(out, /1 policy validated by AWS\./);
    assert.match(
      readFileSync(join(folder, "disagreements.md"), "utf8"),
      /## `CHECK_0`: AWS reports it, we do not/,
    );
    const again = await aws("validate", "validated.json", "--report", "disagreements.md");
    assert.equal(again.code, 2);
    assert.match(again.err, /disagreements.md is there already/);
  });

  it("survives a server that knows no Access Analyzer", async () => {
    standIn.fail({ fault: "html", operation: "ValidatePolicy", times: 9 });
    const { code, err } = await aws("validate", "validated.json");
    assert.equal(code, 2);
    assert.match(err, /`ValidatePolicy` failed\. .*HTTP 404.*not one of AWS/);
  });
});

describe("iam-policy account-check", () => {
  // As in https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
  const HEAD =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
  const NO_KEY = "false,N/A,N/A,N/A,N/A";
  const ROOT = `<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,2020-02-02T00:00:00+00:00,not_supported,not_supported,true,${NO_KEY},${NO_KEY},false,N/A,false,N/A`;

  it("says what is wrong, where AWS tells more, and what is good", async () => {
    const ago = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();
    standIn.state.summary = { AccountMFAEnabled: 0, AccountAccessKeysPresent: 1 };
    standIn.state.credentialReport = [
      HEAD,
      ROOT.replace("2020-02-02T00:00:00+00:00", ago(3)),
      `ana,arn,${ago(500)},true,${ago(400)},${ago(500)},N/A,false,true,${ago(200)},${ago(10)},eu-west-1,s3,${NO_KEY},false,N/A,false,N/A`,
      `ben,arn,${ago(500)},false,N/A,N/A,N/A,false,true,${ago(100)},N/A,N/A,N/A,false,${ago(300)},N/A,N/A,N/A,false,N/A,false,N/A`,
      "",
    ].join("\r\n");
    standIn.state.now = {
      ...ACCOUNT,
      GroupDetailList: ACCOUNT.GroupDetailList.map((it) => ({
        ...it,
        GroupPolicyList: [
          {
            PolicyName: "all",
            PolicyDocument: '{"Statement":{"Effect":"Allow","Action":["*"],"Resource":"*"}}',
          },
        ],
      })),
    };
    const { code, out } = await aws("account-check");
    assert.equal(code, 1);
    assert.equal(
      out,
      `# Account 111122223333

- ✖ The root user has MFA
  - Whoever has the root user's password has everything.
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html>
- ✖ The root user has no access keys
  - Nothing limits what these keys can do: delete them.
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html>
- ! The root user is left alone
  - It signed in 3 days ago.
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html>
- ! Passwords are long and do not come back
  - The account has no password policy: AWS asks for eight characters only.
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>
- ✖ Users with a password have MFA
  - user/ana
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html>
- ! Access keys are not older than 90 days
  - user/ana: a key is 200 days old.
  - user/ben: a key is 100 days old.
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html>
- ! Nobody keeps credentials unused for 90 days
  - user/ana: the password was last used 400 days ago.
  - user/ben: a key was never used in 100 days.
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html>
- ! Policies hang on groups, not on users
  - user/ana: own (inline)
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html>
- ! Few people can do everything
  - group/readers (ana): all (inline)
  - <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html>

0 of 9 checks are good.
`,
    );
  });

  it("is content with a good account", async () => {
    standIn.reset({ ...ACCOUNT, UserDetailList: [] });
    standIn.state.passwordPolicy = { MinimumPasswordLength: 14, PasswordReusePrevention: 24 };
    standIn.state.credentialReport = `${HEAD}\n${ROOT}\n`;
    const { code, out } = await aws("account-check");
    assert.match(out, /9 of 9 checks are good\./);
    assert.equal(code, 0);
  });

  it("names what it may not read, and checks the rest", async () => {
    standIn.fail({ fault: "denied", operation: "GenerateCredentialReport" });
    const { code, out } = await aws("account-check", "--format", "json");
    assert.equal(code, 1);
    const { checks } = JSON.parse(out) as { checks: { id: string; result: string; details: string[] }[] };
    assert.deepEqual(
      checks.filter((it) => it.result === "unknown").map((it) => it.id),
      ["root-use", "user-mfa", "old-keys", "unused"],
    );
    assert.match(
      checks.find((it) => it.id === "user-mfa")?.details.join() ?? "",
      /iam:GenerateCredentialReport/,
    );
  });
});

describe("iam-policy simulate --live and --compare", () => {
  const OBJECT = "arn:aws:s3:::logs/a.txt";
  const ask = (...more: readonly string[]) =>
    aws(
      ...[
        "simulate",
        "--account",
        "snapshot.json",
        "--managed-policies",
        "snapshot.json",
        "--as",
        "user/ana",
      ],
      ...["--resource", OBJECT, "--context", "aws:MultiFactorAuthAge=60", ...more],
    );
  before(() => writeFileSync(join(folder, "snapshot.json"), JSON.stringify(ACCOUNT)));

  it("asks AWS, with the request's context in AWS's types", async () => {
    standIn.state.simulated.set(`s3:getobject ${OBJECT}`, "allowed");
    const { code, out } = await ask("--live", "aws", "--action", "s3:GetObject", "s3:PutObject");
    assert.equal(code, 0);
    assert.match(out, /user\/ana s3:GetObject \S+\n {2}allowed \(AWS\)\n {2}by PolicyInputList\.1\n/);
    assert.match(
      out,
      /s3:PutObject \S+\n {2}implicitDeny \(AWS\)\n {2}could change with: aws:MultiFactorAuthPresent/,
    );
    const [call, ...others] = standIn.calls;
    assert.deepEqual([call?.operation, others.length], ["SimulatePrincipalPolicy", 0]);
    const form = new URLSearchParams(call?.request.body);
    assert.equal(form.get("PolicySourceArn"), "arn:aws:iam::111122223333:user/ana");
    assert.equal(form.get("CallerArn"), "arn:aws:iam::111122223333:user/ana");
    assert.match(form.get("ResourcePolicy") ?? "", /OnlyTls/);
    const entries = [1, 2, 3, 4].map((it) => `ContextEntries.member.${it}.ContextKey`);
    const context = entries.map((it) =>
      [form.get(`${it}Name`), form.get(`${it}Values.member.1`), form.get(`${it}Type`)].join(),
    );
    assert.ok(context.includes("aws:MultiFactorAuthAge,60,numeric"), context.join(" "));
    assert.ok(context.includes("aws:PrincipalTag/team,data & co,string"), context.join(" "));
  });

  it("asks in batches, through all pages", async () => {
    const { code, out } = await ask("--live", "aws", "--action", "s3:*");
    assert.equal(code, 0);
    const count = out.match(/\(AWS\)/g)?.length ?? 0;
    assert.ok(count > 100, String(count));
    assert.ok(
      standIn.calls.length >= count / 20 && standIn.calls.length < count / 10,
      String(standIn.calls.length),
    );
  });

  it("lists where the two disagree", async () => {
    standIn.state.simulated.set(`s3:putobject ${OBJECT}`, "allowed");
    standIn.state.simulated.set(`s3:getobject ${OBJECT}`, "allowed");
    const { code, out } = await ask(
      "--compare",
      "--action",
      "s3:GetObject",
      "s3:PutObject",
      "s3:DeleteObject",
    );
    assert.equal(code, 1);
    assert.equal(
      out,
      `user/ana s3:PutObject ${OBJECT}\n  here  implicitDeny\n  AWS   allowed by PolicyInputList.1\n\n3 requests, 1 disagreement.\n`,
    );
    const agreed = await ask("--compare", "--action", "s3:GetObject", "--format", "json");
    assert.equal(agreed.code, 0);
    assert.deepEqual(JSON.parse(agreed.out)[0].differs, false);
  });

  it("sends the policies of a request file, and says what AWS does not look at", async () => {
    const request = {
      principal: "arn:aws:iam::111122223333:role/app",
      action: "s3:GetObject",
      resource: OBJECT,
      policies: {
        identity: [
          {
            name: "p",
            document: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }],
            },
          },
        ],
        boundary: [
          {
            name: "b",
            document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
          },
        ],
        rcp: [{ id: "root", policies: [] }],
      },
    };
    const { code, out } = await aws("simulate", "--request", "-", "--compare", {
      input: JSON.stringify(request),
    });
    assert.equal(code, 1);
    assert.match(out, /AWS's simulator does not look at resource control policies/);
    const form = new URLSearchParams(standIn.calls[0]?.request.body);
    assert.equal(standIn.calls[0]?.operation, "SimulateCustomPolicy");
    assert.deepEqual(
      JSON.parse(form.get("PolicyInputList.member.1") ?? ""),
      request.policies.identity[0]?.document,
    );
    assert.ok(form.has("PermissionsBoundaryPolicyInputList.member.1"));
  });

  it("says about whom AWS cannot be asked", async () => {
    const { code, err } = await aws(
      ...[
        "simulate",
        "--account",
        "snapshot.json",
        "--live",
        "aws",
        "--as",
        "anonymous",
        "--action",
        "s3:GetObject",
      ],
      ...["--resource", OBJECT],
    );
    assert.equal(code, 2);
    assert.match(err, /AWS's simulator answers for users, groups and roles/);
  });
});

describe("iam-policy publish and restore", () => {
  const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
  const published = () =>
    [...standIn.objects.keys()].map((it) =>
      it.replace(/[\da-f]{64}/, "HASH").replace(/\d{4}-[\dTZ-]+/, "TIME"),
    );

  before(async () => {
    writeFileSync(join(folder, "snapshot.json"), JSON.stringify(ACCOUNT));
    await cli("import", "snapshot.json", "--out", "copied");
  });

  it("stores every file encrypted, under its hash, the manifest last", async () => {
    const { code, out } = await aws(
      ...[
        "publish",
        "--account",
        "copied/iam-account.json",
        "--bucket",
        "source",
        "--prefix",
        "team",
        "--kms-key",
        KEY,
      ],
    );
    assert.equal(code, 0);
    assert.match(out, /5 files of account 111122223333 are in s3:\/\/source\/team\/\./);
    assert.deepEqual(published(), [
      ...Array(5).fill("source/team/objects/HASH.json"),
      "source/team/history/TIME.json",
      "source/team/manifest.json",
    ]);
    for (const { body, headers } of standIn.objects.values()) {
      assert.equal(headers["x-amz-server-side-encryption"], "aws:kms");
      assert.equal(headers["x-amz-server-side-encryption-aws-kms-key-id"], KEY);
      assert.equal(headers["x-amz-meta-sha256"], createHash("sha256").update(body).digest("hex"));
    }
    const puts = standIn.calls.filter(({ operation }) => operation === "PutObject");
    for (const { request } of puts)
      assert.equal(request.headers["x-amz-expected-bucket-owner"], "111122223333");
  });

  it("comes back as it was, and overwrites only when told to", async () => {
    await aws("publish", "--account", "copied/iam-account.json", "--bucket", "source");
    const first = await aws("restore", "--bucket", "source", "--out", "restored");
    assert.equal(first.code, 0);
    assert.match(first.out, /5 of 5 files written/);
    const difference = await cli(
      "diff",
      "copied/iam-account.json",
      "restored/iam-account.json",
      "--managed-policies",
      "snapshot.json",
    );
    assert.equal(difference.code, 0);
    const changed = join(folder, "restored/policies/read.json");
    writeFileSync(changed, '{\n  "mine": true\n}\n');
    const refused = await aws("restore", "--bucket", "source", "--out", "restored");
    assert.equal(refused.code, 1);
    assert.match(refused.err, /policies\/read.json would change:\n.*- {3}"mine": true.*Add --yes/s);
    assert.match(readFileSync(changed, "utf8"), /mine/);
    const forced = await aws("restore", "--bucket", "source", "--out", "restored", "--yes");
    assert.match(forced.out, /1 of 5 files written/);
    assert.doesNotMatch(readFileSync(changed, "utf8"), /mine/);
  });

  it("writes nothing that is not what was published", async () => {
    await aws("publish", "--account", "copied/iam-account.json", "--bucket", "source");
    const manifestKey = "source/iam-policy/manifest.json";
    const manifest = standIn.objects.get(manifestKey)!;
    const [object] = [...standIn.objects.keys()].filter((it) => it.includes("/objects/"));
    const good = standIn.objects.get(object!)!;
    const cases: readonly (readonly [words: RegExp, spoil: () => void])[] = [
      [/its hash is another/, () => standIn.objects.set(object!, { ...good, body: `${good.body} ` })],
      [/is missing in/, () => standIn.objects.delete(object!)],
      [
        /names a file outside/,
        () =>
          standIn.objects.set(manifestKey, {
            ...manifest,
            body: manifest.body.replace("policies/read.json", "../../evil.json"),
          }),
      ],
      [/it is not JSON/, () => standIn.objects.set(manifestKey, { ...manifest, body: "<html>" })],
      [/no master copy in s3:\/\/source\/iam-policy\//, () => standIn.objects.delete(manifestKey)],
    ];
    for (const [words, spoil] of cases) {
      standIn.objects.set(object!, good);
      standIn.objects.set(manifestKey, manifest);
      spoil();
      const { code, err } = await aws("restore", "--bucket", "source", "--out", "spoilt");
      assert.equal(code, 2);
      assert.match(err, words);
      assert.ok(!existsSync(join(folder, "spoilt")));
    }
  });

  it("says which bucket is not there, and whose it must be where access is denied", async () => {
    const publish = ["publish", "--account", "copied/iam-account.json", "--bucket"];
    const nowhere = await aws(...publish, "nowhere");
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /There is no bucket `nowhere`\./);
    assert.match((await aws("restore", "--bucket", "nowhere")).err, /There is no bucket `nowhere`\./);
    for (const [operation, args] of [
      ["PutObject", [...publish, "source"]],
      ["GetObject", ["restore", "--bucket", "source"]],
    ] as const) {
      standIn.fail({ fault: "denied", operation });
      const { code, err } = await aws(...args);
      assert.equal(code, 2);
      assert.match(
        err,
        new RegExp(`may not do \`s3:${operation}\`.*\`source\` must belong to account 111122223333`),
      );
    }
    assert.match((await aws(...publish, "No_Bucket")).err, /`No_Bucket` is not the name of a bucket/);
  });

  it("is not published into the wrong account, nor without a file", async () => {
    writeFileSync(join(folder, "other.json"), '{"account":"444455556666"}');
    const wrong = await aws("publish", "--account", "other.json", "--bucket", "source");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /is about account 444455556666, and AWS is account 111122223333/);
    writeFileSync(
      join(folder, "lost.json"),
      '{"account":"111122223333","policies":{"a":"policies/none.json"}}',
    );
    const lost = await aws("publish", "--account", "lost.json", "--bucket", "source");
    assert.match(lost.err, /There is no file policies\/none.json/);
    assert.deepEqual(standIn.objects.size, 0);
  });
});

describe("iam-policy apply --target aws", () => {
  const APPLY = [
    "--account",
    "applied/iam-account.json",
    "--target",
    "aws",
    "--managed-policies",
    "snapshot.json",
  ];
  const journals = () =>
    globSync(join(folder, "applied/.iam-policy"), /\.jsonl$/).map((it) => readFileSync(it, "utf8"));

  it("changes what the file says, records it without secrets, and takes it back", async () => {
    writeFileSync(join(folder, "snapshot.json"), JSON.stringify(ACCOUNT));
    await cli("import", "snapshot.json", "--out", "applied");
    const path = join(folder, "applied/policies/read.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("s3:GetObject", "s3:GetObjectTagging"));

    const planned = await aws("apply", ...APPLY, "--plan");
    assert.match(planned.out, /read/);
    assert.deepEqual(
      standIn.operations().filter((it) => /^(?:Create|Put|Delete|Attach)/.test(it)),
      [],
    );

    const applied = await aws("apply", ...APPLY, "--yes");
    assert.equal(applied.code, 0, applied.err);
    const now = () =>
      standIn.state.now.Policies[0]?.PolicyVersionList.find((it) => it.IsDefaultVersion)?.Document;
    assert.match(now() ?? "", /GetObjectTagging/);
    assert.deepEqual(
      standIn.operations().filter((it) => /^Create/.test(it)),
      ["CreatePolicyVersion"],
    );

    const again = await aws("apply", ...APPLY, "--yes");
    assert.match(again.out, /nothing|no change/i);
    const back = await aws("rollback", "--last", ...APPLY, "--yes", "--delete");
    assert.equal(back.code, 0, back.err);
    assert.doesNotMatch(now() ?? "", /GetObjectTagging/);
    assert.ok(journals().length >= 2);
    for (const journal of journals())
      for (const secret of [SECRET, TOKEN]) assert.ok(!journal.includes(secret), "a secret was recorded");
  });

  it("says who lacks what, and where it stopped", async () => {
    const path = join(folder, "applied/policies/read.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(/s3:\w+/, "s3:GetObjectAcl"));
    standIn.fail({ fault: "denied", operation: "CreatePolicyVersion", times: 9 });
    const { code, err, out } = await aws("apply", ...APPLY, "--yes");
    assert.notEqual(code, 0);
    assert.match(`${out}${err}`, /may not do `iam:CreatePolicyVersion`/);
  });
});
