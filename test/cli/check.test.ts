/** `iam-policy check` as a terminal sees it; what passes and what fails is in test/account/access-checks/table.json. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { cli, folder } from "./cli.js";

const READ = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" };
const FILES = {
  "check-read.json": { Version: "2012-10-17", Statement: [READ] },
  "check-write.json": {
    Version: "2012-10-17",
    Statement: [READ, { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" }],
  },
  "check-bucket.json": { Version: "2012-10-17", Statement: [{ ...READ, Principal: "*" }] },
  "check-account.json": { account: "111122223333" },
};

describe("iam-policy check", () => {
  before(() => {
    for (const [name, content] of Object.entries(FILES))
      writeFileSync(join(folder, name), JSON.stringify(content));
    writeFileSync(join(folder, "check-broken.json"), '{"Version": "2012-10-17", "Statement": [');
  });

  it("passes", async () => {
    assert.deepEqual(await cli("check", "no-new-access", "check-write.json", "check-read.json"), {
      code: 0,
      out: "PASS no-new-access check-read.json\n",
      err: "",
    });
  });

  it("fails with who gets what by which statement, and a request", async () => {
    const { code, out } = await cli("check", "no-new-access", "check-read.json", "check-write.json");
    assert.equal(code, 1);
    assert.match(out, /^FAIL no-new-access check-write\.json$/m);
    assert.match(out, /anyone with this policy gets s3:PutObject by statement 1/);
    assert.match(out, /s3:PutObject on arn:aws:s3:::logs\/any: allowed/);
  });

  it("names statements by their Sid", async () => {
    const { code, out } = await cli("check", "access-not-granted", "check-read.json", "--action", "s3:Get*");
    assert.equal(code, 1);
    assert.match(out, /gets s3:GetObject by `Read`/);
  });

  it("speaks JSON in the words of Access Analyzer", async () => {
    const { code, out } = await cli("check", "no-public-access", "check-bucket.json", "--format", "json");
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      check: "no-public-access",
      result: "FAIL",
      reasons: [
        {
          statementIndex: 0,
          statementId: "Read",
          who: "anonymous",
          actions: ["s3:GetObject"],
          witness: { action: "s3:GetObject", resource: "arn:aws:s3:::logs/any", context: {} },
        },
      ],
    });
  });

  for (const [title, args, message] of [
    ["no check", [], /Which check\? Choose from no-new-access/],
    ["a check that there is not", ["no-new-acces"], /Did you mean no-new-access\?/],
    ["a file too few", ["no-new-access", "check-read.json"], /no-new-access REFERENCE POLICY/],
    [
      "a flag of another check",
      ["no-public-access", "check-bucket.json", "--action", "s3:*"],
      /takes no --action/,
    ],
    ["nothing that must not be granted", ["access-not-granted", "check-read.json"], /Add --action/],
    [
      "an action that AWS does not have",
      ["access-not-granted", "check-read.json", "--action", "s3:GetObjekt"],
      /Did you mean `s3:GetObject`\?/,
    ],
    [
      "a resource that is no ARN",
      ["access-not-granted", "check-read.json", "--resource", "logs"],
      /`logs` is not an ARN/,
    ],
    [
      "a type that is not checked",
      ["no-public-access", "check-bucket.json", "--type", "AWS::S3::Bucke"],
      /Did you mean AWS::S3::Bucket\?/,
    ],
    ["a policy of somebody", ["no-public-access", "check-read.json"], /has no `Principal`/],
    ["an account", ["no-public-access", "check-account.json"], /this is not a policy/],
    ["a broken policy", ["no-public-access", "check-broken.json"], /AWS would not take this policy/],
    ["a file that is not there", ["no-public-access", "nowhere.json"], /nowhere\.json/],
  ] as const) {
    it(`refuses ${title}`, async () => {
      const { code, out, err } = await cli("check", ...args);
      assert.equal(code, 2);
      assert.equal(out, "");
      assert.match(err, message);
    });
  }
});
