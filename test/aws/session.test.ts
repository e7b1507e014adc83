/** Who asks AWS and where: profiles, endpoints, MFA codes, and what is said when it does not work out. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { TargetError } from "../../server/src/account/change/target.js";
import { openClients } from "../../server/src/aws/clients.js";
import { listProfiles, openSession, type SessionOptions } from "../../server/src/aws/session.js";
import { readIdentity } from "../../server/src/aws/sts.js";
import { ACCESS_KEY, forgetEnvironment, SECRET } from "./stand-in/bench.js";
import { StandIn } from "./stand-in/server.js";
import { SIGN_IN_TOKEN } from "./stand-in/sign-in.js";

const CONFIG = `# comments and blank lines
[default]
region = eu-west-3

[profile dev]
region=eu-central-1
source_profile = base
role_arn = arn:aws:iam::111122223333:role/dev

[profile mfa]
source_profile = base
role_arn = arn:aws:iam::111122223333:role/admin
mfa_serial = arn:aws:iam::111122223333:mfa/ana

[profile sso]
sso_session = company
sso_account_id = 111122223333
sso_role_name = engineer
[sso-session company]
sso_start_url = https://company.example/start
sso_region = eu-west-1

[profile program]
credential_process = /nowhere/sign-in --token VERY-SECRET-TOKEN

[profile vault]
credential_process = "PROGRAM" "FOLDER/vault.cjs"

[profile workload]
role_arn = arn:aws:iam::111122223333:role/pipeline
web_identity_token_file = FOLDER/token.jwt

[profile "two words"]
endpoint_url = http://127.0.0.1:9
s3 =
  max_concurrent_requests = 20
  region = xx-nested-1
`;
const CREDENTIALS = `[base]
aws_access_key_id = AKIABASE000000000000
aws_secret_access_key = BASE-SECRET
`;

const OF_VAULT = { Version: 1, AccessKeyId: "AKIAVAULT00000000000", SecretAccessKey: "VAULT-SECRET" };

describe("sessions with AWS", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-policy-aws-"));
  let standIn: StandIn;

  before(async () => {
    const config = CONFIG.replaceAll("FOLDER", folder).replace("PROGRAM", process.execPath);
    writeFileSync(join(folder, "config"), config.replaceAll("\n", "\r\n"));
    writeFileSync(join(folder, "vault.cjs"), `console.log(${JSON.stringify(JSON.stringify(OF_VAULT))});`);
    writeFileSync(join(folder, "token.jwt"), "header.claims.signature");
    writeFileSync(join(folder, "credentials"), CREDENTIALS);
    standIn = await StandIn.start();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await standIn.close();
  });
  beforeEach(() => {
    forgetEnvironment();
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "credentials");
    process.env["AWS_ENDPOINT_URL"] = standIn.url;
    standIn.reset();
  });

  it("lists the profiles of both files", () => {
    const profiles = ["base", "default", "dev", "mfa", "program", "sso", "two words", "vault", "workload"];
    assert.deepEqual(listProfiles(), profiles);
  });

  it("asks as whom the flag says, before the environment", async () => {
    assert.deepEqual(await askedAs(standIn, {}), [ACCESS_KEY]);
    assert.deepEqual(await askedAs(standIn, { profile: "base" }), ["AKIABASE000000000000"]);
    process.env["AWS_PROFILE"] = "base";
    assert.deepEqual(await askedAs(standIn, {}), ["AKIABASE000000000000"]);
  });

  it("assumes the role of a profile", async () => {
    assert.deepEqual(await askedAs(standIn, { profile: "dev" }), [
      "AKIABASE000000000000",
      "ASIASTANDINSESSION00",
    ]);
  });

  it("asks for the MFA code once, however many clients need it", async () => {
    const asked: string[] = [];
    const askMfaCode = async (serial: string) => {
      asked.push(serial);
      return "123456";
    };
    const clients = openClients(openSession({ profile: "mfa", askMfaCode }));
    await Promise.all([readIdentity(clients), clients.session.credentials(), readIdentity(clients)]);
    clients.close();
    assert.deepEqual(asked, ["arn:aws:iam::111122223333:mfa/ana"]);
    assert.match(standIn.calls[0]?.request.body ?? "", /TokenCode=123456/);
  });

  it("sees keys that were changed, and profiles that were made, since somebody asked last", async () => {
    const file = join(folder, "later");
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = file;
    const keys = (id: string): string => CREDENTIALS.replace("AKIABASE000000000000", id);
    await assert.rejects(askedAs(standIn, { profile: "base" }), /There is no profile `base`/);
    writeFileSync(file, keys("ASIAYESTERDAY0000000"));
    assert.deepEqual(await askedAs(standIn, { profile: "base" }), ["ASIAYESTERDAY0000000"]);
    writeFileSync(file, keys("ASIATODAY00000000000"));
    assert.deepEqual(await askedAs(standIn, { profile: "base" }), ["ASIATODAY00000000000"]);
  });

  it("takes what a program gives", async () => {
    assert.deepEqual(await askedAs(standIn, { profile: "vault" }), [OF_VAULT.AccessKeyId]);
  });

  it("hands in the token of an identity provider", async () => {
    assert.deepEqual(await askedAs(standIn, { profile: "workload" }), ["", "ASIASTANDINSESSION00"]);
    assert.match(standIn.calls[0]?.request.body ?? "", /WebIdentityToken=header.claims.signature/);
  });

  it("uses a sign-in with Identity Center, and says what helps once it is over", async () => {
    const { HOME, USERPROFILE } = process.env;
    Object.assign(process.env, { HOME: folder, USERPROFILE: folder });
    try {
      signIn(folder, SIGN_IN_TOKEN);
      assert.deepEqual(await askedAs(standIn, { profile: "sso" }), ["", "ASIASTANDINSIGNIN000"]);
      assert.equal(standIn.calls[0]?.request.query.get("role_name"), "engineer");
      signIn(folder, "a token that is over");
      await assert.rejects(askedAs(standIn, { profile: "sso" }), /`aws sso login --profile sso`/);
    } finally {
      Object.assign(process.env, { HOME, USERPROFILE });
      if (HOME === undefined) delete process.env["HOME"];
      if (USERPROFILE === undefined) delete process.env["USERPROFILE"];
    }
  });

  it("takes Region and endpoint from where AWS's tools take them", () => {
    const region = (options: SessionOptions) => openSession(options).region;
    assert.equal(region({}), "eu-west-3");
    assert.equal(region({ profile: "dev" }), "eu-central-1");
    assert.equal(region({ profile: "two words" }), "us-east-1");
    process.env["AWS_DEFAULT_REGION"] = "sa-east-1";
    assert.equal(region({ profile: "dev" }), "sa-east-1");
    process.env["AWS_REGION"] = "ca-central-1";
    assert.equal(region({ profile: "dev" }), "ca-central-1");
    assert.equal(region({ profile: "dev", region: "ap-south-1" }), "ap-south-1");

    process.env["AWS_ENDPOINT_URL_S3"] = "http://s3.example";
    assert.equal(openSession({}).endpoint("S3"), "http://s3.example");
    assert.equal(openSession({}).endpoint("IAM"), standIn.url);
    assert.equal(openSession({ endpointUrl: "http://all.example" }).endpoint("S3"), "http://all.example");
    delete process.env["AWS_ENDPOINT_URL"];
    assert.equal(openSession({}).endpoint("IAM"), undefined);
    assert.equal(openSession({ profile: "two words" }).endpoint("IAM"), "http://127.0.0.1:9");
  });

  const PROBLEMS: readonly (readonly [title: string, SessionOptions, words: RegExp])[] = [
    ["an unknown profile", { profile: "nope" }, /no profile `nope`.*There are: base, default, dev/],
    ["SSO without a sign-in", { profile: "sso" }, /`aws sso login --profile sso`/],
    ["an MFA code, and nobody to ask", { profile: "mfa" }, /needs an MFA code, and there is nobody to ask/],
    ["a program that fails", { profile: "program" }, /`program` gives no credentials/],
    [
      "a role that may not be assumed",
      { profile: "dev" },
      /could not assume `arn:aws:iam::111122223333:role\/dev`/,
    ],
  ];
  for (const [title, options, words] of PROBLEMS) {
    it(`says what helps: ${title}`, async () => {
      standIn.fail({ fault: "denied", operation: "AssumeRole", times: 9 });
      await assert.rejects(askedAs(standIn, options), (error) => {
        assert.ok(error instanceof TargetError);
        assert.equal(error.kind, "credentials");
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /VERY-SECRET|BASE-SECRET/);
        return true;
      });
    });
  }

  it("says what helps: no credentials at all", async () => {
    forgetEnvironment();
    delete process.env["AWS_ACCESS_KEY_ID"];
    await assert.rejects(askedAs(standIn, {}), /There are no AWS credentials. Run `aws configure`/);
  });

  it("asks again after a sign-in that failed", async () => {
    standIn.fail({ fault: "denied", operation: "AssumeRole", times: 3 });
    const { credentials } = openSession({ profile: "dev" });
    await assert.rejects(credentials());
    standIn.faults.clear();
    assert.equal((await credentials()).accessKeyId, "ASIASTANDINSESSION00");
  });

  it("keeps the secrets it saw out of texts", async () => {
    const session = openSession({ profile: "dev" });
    await session.credentials();
    const text = "key STAND-IN-ASSUMED-SECRET token STAND-IN-SESSION-TOKEN";
    assert.equal(session.redact(text), "key … token …");
    const own = openSession({});
    await own.credentials();
    assert.equal(own.redact(`<${SECRET}>`), "<…>");
  });
});

/** What `aws sso login` leaves behind. */
function signIn(home: string, accessToken: string): void {
  const cache = join(home, ".aws", "sso", "cache");
  mkdirSync(cache, { recursive: true });
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const token = { accessToken, expiresAt, region: "eu-west-1", startUrl: "https://company.example/start" };
  const name = createHash("sha1").update("company").digest("hex");
  writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
}

/** The access keys that a call was made with, those for assuming a role first. */
async function askedAs(standIn: StandIn, options: SessionOptions): Promise<readonly string[]> {
  standIn.calls.length = 0;
  const clients = openClients(openSession(options));
  try {
    await readIdentity(clients);
  } finally {
    clients.close();
  }
  return standIn.calls.map(({ request }) => request.accessKeyId);
}
