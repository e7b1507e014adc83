/** The checks that AWS charges for, as a terminal sees them: what they cost is said, agreed, counted and never paid twice. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { changePorts } from "../../server/src/node/change-ports.js";
import { cli, folder, type Run } from "../cli/cli.js";
import { ACCOUNT } from "./stand-in/account.js";
import { forgetEnvironment } from "./stand-in/bench.js";
import type { Fault } from "./stand-in/faults.js";
import { StandIn } from "./stand-in/server.js";

const READ = `{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }`;
const WRITE = `{ "Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*" }`;
const DOMAIN = `{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::444455556666:root" }, "Action": "es:ESHttpGet", "Resource": "arn:aws:es:eu-west-1:111122223333:domain/logs/*" }`;
const SCP = `{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }`;
const NOT_DELETED = ["--check-access-not-granted", "s3:DeleteObject"] as const;

let standIn: StandIn;
/** A folder of its own for each test, so that each counts anew. */
let work = "";
let works = 0;

async function validate(...args: readonly (string | { answers: readonly string[] })[]): Promise<Run> {
  const given = args.find((it) => typeof it === "object");
  const ports = { change: { ...changePorts(), wait: async () => undefined } };
  return await cli("validate", ...args.filter((it) => typeof it === "string"), {
    ...given,
    ports,
    cwd: work,
  });
}

function write(name: string, ...statements: readonly string[]): void {
  writeFileSync(
    join(folder, work, name),
    `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(",\n    ")}\n  ]\n}\n`,
  );
}

function recorded(): readonly Record<string, unknown>[] {
  const text = readFileSync(join(folder, work, ".iam-policy/paid-calls.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The calls that cost something, with what was sent. */
function paid(): readonly Record<string, unknown>[] {
  return standIn.calls
    .filter(({ operation }) => operation.startsWith("Check"))
    .map(({ request }) => JSON.parse(request.body));
}

describe("iam-policy validate --check-…", () => {
  before(async () => {
    standIn = await StandIn.start();
  });
  after(() => standIn.close());
  beforeEach(() => {
    forgetEnvironment();
    process.env["AWS_ENDPOINT_URL"] = standIn.url;
    standIn.reset(ACCOUNT);
    work = `paid-${++works}`;
    mkdirSync(join(folder, work));
    writeFileSync(join(folder, work, "iam-account.json"), '{ "account": "111122223333" }\n');
    write("old.json", READ);
    write("policy.json", READ, WRITE);
  });

  it("asks AWS nothing where nobody agrees to pay", async () => {
    const { code, err } = await validate("policy.json", ...NOT_DELETED);
    assert.equal(code, 2);
    assert.match(err, /makes 1 call to AWS, which costs 0\.002 US dollars.*Add --yes/);
    assert.deepEqual(standIn.calls, []);
  });

  it("says what it costs, what has been paid, and what we say for nothing, before it asks", async () => {
    const both = ["policy.json", ...NOT_DELETED, "--check-no-new-access", "old.json"];
    const no = await validate(...both, { answers: ["n"] });
    assert.equal(no.code, 2);
    assert.match(no.err, /2 calls to AWS, each of which costs 0\.002 US dollars.*: 0\.004 together\./);
    assert.match(
      no.err,
      /Account 111122223333 so far: 0 such calls in this session, 0 in all as recorded in/,
    );
    assert.match(
      no.err,
      /Here, free of charge: 1 check passes, 1 fails\.\nGo on\? \[y\/N\] Nothing was paid/,
    );
    assert.deepEqual([paid(), standIn.operations()], [[], ["GetCallerIdentity"]]);
    const yes = await validate(...both, { answers: ["y"] });
    assert.match(
      yes.err,
      /so far: 2 such calls in this session, 2 in all as recorded in \.iam-policy\/paid-calls/,
    );
    assert.equal(paid().length, 2);
    const again = await validate(...both, "--yes");
    assert.match(
      again.err,
      /so far: 0 such calls in this session, 2 in all[\s\S]*2 such calls in this session, 4 in all/,
    );
  });

  it("records when, which account and which operation, and nothing of the policy", async () => {
    await validate("policy.json", ...NOT_DELETED, "--yes");
    const [call, ...others] = recorded();
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(call ?? {}).sort(), ["accountId", "operation", "time"]);
    assert.deepEqual([call?.["accountId"], call?.["operation"]], ["111122223333", "CheckAccessNotGranted"]);
    assert.equal(readFileSync(join(folder, work, ".iam-policy/.gitignore"), "utf8"), "*\n");
  });

  it("goes on where calls cannot be recorded, and says so", async () => {
    writeFileSync(join(folder, work, ".iam-policy"), "");
    const { code, err } = await validate("policy.json", ...NOT_DELETED, "--yes");
    assert.equal(code, 0);
    assert.match(
      err,
      /1 such call in this session, 1 in all.*It cannot be recorded in .*a part of the path is a file/,
    );
  });

  it("sends what was asked, and shows the statements that AWS names where they stand", async () => {
    standIn.analyzer.complaints.set("CheckNoNewAccess", [{ index: 1, sid: "Write" }, { index: 0 }]);
    const { code, out } = await validate(
      ...["policy.json", "--yes", "--check-no-new-access", "old.json"],
      ...["--check-access-not-granted", "s3:DeleteObject", "--on", "arn:aws:s3:::logs/*"],
    );
    assert.equal(code, 1);
    assert.match(
      out,
      /FAIL policy\.json: no access that old\.json does not give\n {2}The modified permissions/,
    );
    assert.match(
      out,
      /with sid: Write\. \(`Write`, policy\.json:5:5\)\n.*index: 0\. \(`Read`, policy\.json:4:5\)/,
    );
    assert.match(out, /pass policy\.json: s3:DeleteObject not allowed on arn:aws:s3:::logs\/\*/);
    const [noNewAccess, notGranted] = paid();
    const text = (name: string) => readFileSync(join(folder, work, name), "utf8").trim();
    assert.deepEqual(noNewAccess, {
      existingPolicyDocument: text("old.json"),
      newPolicyDocument: text("policy.json"),
      policyType: "IDENTITY_POLICY",
    });
    assert.deepEqual(notGranted, {
      policyDocument: text("policy.json"),
      policyType: "IDENTITY_POLICY",
      access: [{ actions: ["s3:DeleteObject"], resources: ["arn:aws:s3:::logs/*"] }],
    });
  });

  it("asks about resources alone", async () => {
    await validate("policy.json", "--yes", "--on", "arn:aws:s3:::secret/*");
    assert.deepEqual(paid()[0]?.["access"], [{ resources: ["arn:aws:s3:::secret/*"] }]);
  });

  it("prints one JSON document", async () => {
    standIn.analyzer.complaints.set("CheckAccessNotGranted", [{ sid: "Write" }]);
    const { out } = await validate(
      "policy.json",
      "--yes",
      "--format",
      "json",
      "--check-access-not-granted",
      "s3:PutObject",
    );
    const { checks, files } = JSON.parse(out);
    assert.equal(files.length, 1);
    assert.deepEqual(
      [checks[0].path, checks[0].check, checks[0].result, checks[0].offline],
      ["policy.json", "access-not-granted", "FAIL", "FAIL"],
    );
    const [{ statementId, pointer, start }] = checks[0].reasons;
    assert.deepEqual([statementId, pointer, start.line, start.character], ["Write", "/Statement/1", 4, 4]);
  });

  it("says where AWS and we differ, and reports it without names", async () => {
    const { out } = await validate(
      "policy.json",
      "--yes",
      "--check-no-new-access",
      "old.json",
      "--report",
      "r.md",
    );
    assert.match(
      out,
      /pass policy\.json[\s\S]*We answer differently: anyone with this policy gets s3:PutObject/,
    );
    const report = readFileSync(join(folder, work, "r.md"), "utf8");
    assert.match(report, /## `CheckNoNewAccess`: AWS says PASS, we say FAIL/);
    assert.match(report, /"s3:PutObject"[\s\S]*Compared with:\n\n```json/);
    assert.doesNotMatch(report, /logs|Write"|replaced, we answer/);
  });

  it("compares with what is live", async () => {
    const live = ["policy.json", "--yes", "--check-no-new-access"];
    const { out } = await validate(...live, "aws:user/ana/own");
    assert.match(out, /policy\.json: no access that user\/ana\/own as it is live does not give/);
    assert.match(String(paid()[0]?.["existingPolicyDocument"]), /s3:PutObject/);
    const nobody = await validate(...live, "aws:user/eve/own");
    assert.equal(nobody.code, 2);
    assert.match(nobody.err, /The account has no user\/eve\/own/);
    assert.equal(paid().length, 1);
  });

  it("calls types as the check does", async () => {
    writeFileSync(join(folder, work, "logs_bucket_policy.json"), ACCOUNT.BucketPolicies?.["logs"] ?? "");
    write("domain.json", DOMAIN);
    const type = async (...args: readonly string[]) => {
      const { code, out, err } = await validate(
        ...args,
        "--check-no-public-access",
        "--yes",
        "--fail-on",
        "error",
      );
      assert.match(out, /: not public/, `${code} ${err}`);
      return paid().at(-1)?.["resourceType"];
    };
    assert.equal(await type("logs_bucket_policy.json"), "AWS::S3::Bucket");
    assert.equal(await type("domain.json"), "AWS::OpenSearchService::Domain");
    assert.equal(await type("domain.json", "--type", "aws::sqs::queue"), "AWS::SQS::Queue");
  });

  for (const [title, args, message] of [
    [
      "public access of a user's policy",
      ["policy.json", "--check-no-public-access"],
      /policies of resources only/,
    ],
    [
      "a type that is not checked",
      ["policy.json", "--check-no-public-access", "--type", "AWS::X::Y"],
      /--type: choose/,
    ],
    [
      "a policy that hangs on nobody knows what",
      ["vpce_policy.json", "--kind", "endpoint", "--check-no-public-access"],
      /which one this policy hangs on cannot be told/,
    ],
    [
      "a policy of an organization",
      ["scps/all.json", "--kind", "scp", ...NOT_DELETED],
      /identity and resource policies only/,
    ],
    [
      "an action that AWS does not have",
      ["policy.json", "--check-access-not-granted", "s3:GetObjekt"],
      /`s3:GetObject`/,
    ],
    [
      "more than AWS takes in a call",
      ["policy.json", "--on", ...Array.from({ length: 101 }, (_, index) => `arn:aws:s3:::b${index}`)],
      /100 actions and 100 resources/,
    ],
    [
      "several policies of which one is live",
      ["two.json", "--check-no-new-access", "aws:policy/read"],
      /has 2 policies/,
    ],
    ["a version that there is not", ["policy.json", "--check-no-new-access", "git:HEAD"], /git/],
  ] as const) {
    it(`pays nothing for ${title}`, async () => {
      mkdirSync(join(folder, work, "scps"));
      write("scps/all.json", SCP);
      write("vpce_policy.json", READ.replace('"Action"', '"Principal": "*", "Action"'));
      const one = `{ "Version": "2012-10-17", "Statement": [${READ}] }`;
      writeFileSync(join(folder, work, "two.json"), `{ "a": ${one}, "b": ${one} }`);
      const { code, err } = await validate(...args, "--yes");
      assert.equal(code, 2);
      assert.match(err, message);
      assert.deepEqual(paid(), []);
    });
  }

  it("tries again where AWS has turned it away, and counts that once", async () => {
    standIn.fail({ fault: "throttling", operation: "CheckAccessNotGranted", times: 2 });
    const { code } = await validate("policy.json", ...NOT_DELETED, "--yes");
    assert.deepEqual([code, paid().length, recorded().length], [0, 3, 1]);
  });

  for (const [fault, message] of [
    ["dropped after", /lost \(ECONNRESET\)\. It may have been carried out, and charged for/],
    ["dropped before", /may have been carried out, and charged for/],
    ["internal error", /AWS failed in `CheckAccessNotGranted`.*charged for/],
    [
      "denied",
      /may not do `access-analyzer:CheckAccessNotGranted`.*It takes `access-analyzer:CheckAccessNotGranted`/,
    ],
    ["html", /`CheckAccessNotGranted` failed\. .*HTTP 404.*not one of AWS/],
    ["service unavailable", /cannot carry out `CheckAccessNotGranted` now/],
  ] as const satisfies readonly (readonly [Fault, RegExp])[]) {
    it(`does not pay twice: ${fault}`, async () => {
      standIn.fail({ fault, operation: "CheckAccessNotGranted", times: 9 });
      const { code, out, err } = await validate("policy.json", ...NOT_DELETED, "--yes", "--format", "json");
      assert.equal(code, 2);
      assert.match(err, message);
      assert.match(err, /1 such call in this session, 1 in all/);
      assert.equal(paid().length, 1);
      assert.equal(JSON.parse(out).files.length, 1, "what was found before is told");
    });
  }
});
