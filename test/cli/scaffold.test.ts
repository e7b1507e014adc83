/** `iam-policy scaffold` as a terminal sees it; what the templates say is in test/scaffold. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { POLICY_KINDS } from "../../server/src/policy/words.js";
import { cli, folder } from "./cli.js";

const ADMIN = [
  "admin-group",
  "--var",
  "aws-account-id=111122223333",
  "region=ap-southeast-2",
  "name=one",
] as const;

describe("iam-policy scaffold", () => {
  it("lists the templates", async () => {
    const { code, out } = await cli("scaffold", "--list");
    assert.equal(code, 0);
    assert.match(out, /^admin-group +Administrators, kept to one Region \(identity\)$/m);
    const listed = JSON.parse((await cli("scaffold", "--list", "--format", "json")).out);
    assert.equal(listed.length, out.trim().split("\n").length);
    for (const it of listed) {
      assert.deepEqual(Object.keys(it), ["name", "title", "kind"]);
      assert.ok(POLICY_KINDS.includes(it.kind));
    }
  });

  it("writes a template, which is clean and passes, and says what comes next", async () => {
    const { code, out, err } = await cli("scaffold", ...ADMIN, "--out", "fresh/aws", "--yes");
    assert.deepEqual([code, err], [0, ""]);
    assert.equal(
      out,
      `Administrators, kept to one Region
wrote fresh/aws/iam-account.json
wrote fresh/aws/policies/admin_access.json
wrote fresh/aws/tests/admin-group.access-test.json
wrote fresh/aws/iam-policy.config.json

Suppressed on purpose:
  administrator-access in fresh/aws/policies/admin_access.json: Administrators are meant to do everything in their Region.
  wildcard-action in fresh/aws/policies/admin_access.json: Administrators are meant to do everything in their Region.
  pass-role-by-wildcard-action in fresh/aws/policies/admin_access.json: Administrators are meant to do everything in their Region.
  service-linked-role-by-wildcard-action in fresh/aws/policies/admin_access.json: Administrators are meant to do everything in their Region.

Next:
  iam-policy lint fresh/aws
  iam-policy test fresh/aws
  iam-policy apply --account fresh/aws/iam-account.json --plan
`,
    );
    const commands = [...out.matchAll(/^ {2}iam-policy (lint|test) (\S+)$/gm)];
    assert.equal(commands.length, 2);
    for (const [, command = "", path = ""] of commands) {
      const args = command === "lint" ? [command, path, "--fail-on", "hint"] : [command, path];
      assert.equal((await cli(...args)).code, 0, command);
    }
  });

  it("says that all is there when it is written again", async () => {
    await cli("scaffold", ...ADMIN, "--out", "again");
    const { code, out } = await cli("scaffold", "admin-group", "--out", "again", "--yes");
    assert.equal(code, 0, "the account remembers what it was told");
    assert.deepEqual(out.match(/^(?:wrote|changed|unchanged) /gm), Array(4).fill("unchanged "));
  });

  it("shows the difference and writes nothing where another text is there", async () => {
    put("other/policies/admin_access.json", '{\n  "Version": "2012-10-17",\n  "Statement": []\n}\n');
    const { code, out, err } = await cli("scaffold", ...ADMIN, "--out", "other");
    assert.equal(code, 1);
    assert.match(
      out,
      /^ {2}\{\n {4}"Version": "2012-10-17",\n- {3}"Statement": \[\]\n\+ {3}"Statement": \[\n/,
    );
    assert.equal(
      err,
      "other/policies/admin_access.json is there already, and says something else. It stays as it is:\nNothing was written.\n",
    );
    assert.ok(!existsSync(join(folder, "other/iam-account.json")));
    assert.equal(
      JSON.parse(readFileSync(join(folder, "other/policies/admin_access.json"), "utf8")).Statement.length,
      0,
    );
  });

  it("edits the account file, and keeps its comments", async () => {
    put(
      "edit/iam-account.json",
      '{\n  // Ours.\n  "account": "111122223333",\n  "users": {} // nobody yet\n}\n',
    );
    const { code, out } = await cli("scaffold", ...ADMIN, "--out", "edit");
    assert.equal(code, 0);
    assert.match(out, /^changed edit\/iam-account\.json$/m);
    const text = readFileSync(join(folder, "edit/iam-account.json"), "utf8");
    assert.match(text, /\/\/ Ours\./);
    assert.match(text, /\/\/ nobody yet/);
    assert.match(text, /"admin-one"/);
  });

  it("adds a second template to the policy of a bucket, and shows what it adds", async () => {
    const of = (template: string) =>
      cli(
        "scaffold",
        template,
        "--out",
        "joined",
        "--var",
        "aws-account-id=111122223333",
        "bucket=one-bucket",
      );
    await of("bucket-tls-only");
    const policy = join(folder, "joined/policies/one-bucket-bucket-policy.json");
    writeFileSync(policy, readFileSync(policy, "utf8").replace("DenyInsecureTransport", "OursAlone"));
    const args = [
      "bucket-cloudfront",
      "--out",
      "joined",
      "--var",
      "distribution=EDFDVBD6EXAMPLE",
      "bucket=one-bucket",
    ];
    const joined = await cli("scaffold", ...args);
    assert.equal(joined.code, 0, joined.err);
    assert.match(
      joined.out,
      /^changed joined\/policies\/one-bucket-bucket-policy\.json\n(?: .*\n)+(?:\+.*\n)+/m,
    );
    assert.match(joined.out, /^\+ +"Sid": "DistributionReads",$/m);
    const sids = readFileSync(policy, "utf8").match(/(?<="Sid": ")\w+/g);
    assert.deepEqual(sids, ["OursAlone", "DenyOldTLS", "DistributionReads"]);
    assert.equal((await cli("lint", "joined", "--fail-on", "hint")).code, 0);
    assert.equal((await cli("test", "joined")).code, 0);
    const again = JSON.parse((await cli("scaffold", ...args, "--format", "json")).out);
    assert.deepEqual([...new Set(again.files.map((it: { state: string }) => it.state))], ["unchanged"]);
  });

  it("writes nothing in a dry run, and shows what it would", async () => {
    const { code, out } = await cli("scaffold", ...ADMIN, "--out", "dry", "--dry-run");
    assert.equal(code, 0);
    assert.match(out, /^would write dry\/policies\/admin_access\.json\n\+ \{\n\+ {3}"Version"/m);
    assert.doesNotMatch(out, /Next:/);
    assert.ok(!existsSync(join(folder, "dry")));
  });

  it("reports as JSON what was done, and what was not", async () => {
    const done = JSON.parse((await cli("scaffold", ...ADMIN, "--out", "json", "--format", "json")).out);
    assert.equal(done.written, true);
    assert.deepEqual(done.files[0], { path: "iam-account.json", state: "new" });
    put("json/policies/admin_access.json", "{}");
    const refused = await cli("scaffold", ...ADMIN, "--out", "json", "--format", "json");
    assert.equal(refused.code, 1);
    const { written, files } = JSON.parse(refused.out);
    assert.equal(written, false);
    assert.equal(files[1].state, "different");
    assert.match(files[1].difference, /^- \{\}\n\+ \{\n/);
  });

  it("names every value that is missing, with an example, and writes nothing", async () => {
    const { code, err } = await cli(
      "scaffold",
      "cross-account-role",
      "--out",
      "missing",
      "--var",
      "partner-role=reader",
    );
    assert.equal(code, 2);
    assert.equal(
      err,
      `The template cross-account-role needs values:
  --var aws-account-id=111122223333   Account id
  --var partner-account-id=444455556666   Their account id
  --var external-id=a1b2c3d4-5678-90ab-cdef-example11111   External id
  --var partner-bucket=one-shared   Bucket
`,
    );
    assert.ok(!existsSync(join(folder, "missing")));
  });

  it("names every value that is wrong", async () => {
    const wrong = ["aws-account-id=11112222333", "region=ap-southeast2", "name=team/one", "nmae=x"];
    const { code, err } = await cli("scaffold", "admin-group", "--out", "wrong", "--var", ...wrong);
    assert.equal(code, 2);
    assert.equal(
      err,
      `--var nmae: The template \`admin-group\` has no variable \`nmae\`. Did you mean \`name\`?
--var aws-account-id: \`11112222333\` is no account id: it needs twelve digits, and this has 11.
--var region: \`ap-southeast2\` is no Region of AWS; did you mean ap-southeast-2?
--var name: \`team/one\` has a slash: a path is no part of the name, write what is behind it.
`,
    );
    assert.ok(!existsSync(join(folder, "wrong")));
  });

  it("asks on a terminal until the answers are right, and proposes what it knows", async () => {
    const answers = ["11112222333", "111122223333", "", "team/ana", "ana, ana", "ana,ben"];
    const args = ["scaffold", "source-bucket", "--out", "asked", "--var", "source-bucket=one-source"];
    const { code, err } = await cli(...args, { answers });
    assert.equal(code, 0);
    assert.equal(
      err,
      `The twelve digits of the AWS account.
Account id (such as 111122223333): \`11112222333\` is no account id: it needs twelve digits, and this has 11.
Account id (such as 111122223333): The folder that readers may read.
Folder to read [bronze_layer]: The users who read it, separated by commas.
Readers (such as analyst-one): \`team/ana\` has a slash: a path is no part of the name, write what is behind it.
Readers (such as analyst-one): \`ana\` stands there twice.
Readers (such as analyst-one): `,
    );
    const account = JSON.parse(readFileSync(join(folder, "asked/iam-account.json"), "utf8"));
    assert.deepEqual(account.users, { ana: {}, ben: {} });
    assert.equal(account.variables["source-folder"], "bronze_layer");
  });

  it("asks nothing with --yes", async () => {
    const { code, err } = await cli("scaffold", ...ADMIN, "--out", "yes", "--yes", { answers: [] });
    assert.deepEqual([code, err], [0, ""]);
  });

  it("takes the values of a list with commas, or one by one", async () => {
    const users = [
      "mfa-users=ana,ben",
      "mfa-users=cleo",
      "aws-account-id=111122223333",
      "master-copy-bucket=one-copy",
    ];
    assert.equal((await cli("scaffold", "mfa-role", "--out", "list", "--var", ...users)).code, 0);
    const text = readFileSync(join(folder, "list/policies/operations-trust.json"), "utf8");
    assert.match(text, /^ {8}"AWS": \[\n {10}"[^"]+ana",\n {10}"[^"]+ben",\n {10}"[^"]+cleo"\n {8}\]$/m);
    const trust = JSON.parse(text);
    assert.deepEqual(
      trust.Statement[0].Principal.AWS.map((it: string) => it.split("/").at(-1)),
      ["ana", "ben", "cleo"],
    );
  });

  it("says which template was likely meant", async () => {
    const { code, err } = await cli("scaffold", "admin-grop", "--out", "x");
    assert.equal(code, 2);
    assert.match(err, /^There is no template admin-grop, or it cannot be used\. Did you mean admin-group\?/);
    assert.equal((await cli("scaffold")).code, 2);
    assert.match((await cli("scaffold", "a", "b")).err, /Name one template/);
  });

  it("writes no half of a template where a folder cannot be made", async () => {
    put("blocked/tests", "a file, where a folder should be");
    const { code, err } = await cli("scaffold", ...ADMIN, "--out", "blocked");
    assert.equal(code, 2);
    assert.match(err, /^blocked\/tests\/admin-group\.access-test\.json: .* Nothing was written\.\n$/);
    assert.ok(!existsSync(join(folder, "blocked/policies")));
    assert.ok(!existsSync(join(folder, "blocked/iam-account.json")));
    put("file", "");
    assert.match(
      (await cli("scaffold", ...ADMIN, "--out", "file")).err,
      /--out: file is a file\. Name a folder\./,
    );
    assert.equal(
      (await cli("scaffold", ...ADMIN, "--out", "file/below")).err,
      "file/below/iam-account.json: a part of this path is a file, and no folder. Nothing was written.\n",
    );
  });

  it("writes suppressions into the configuration that holds, not into its way", async () => {
    put("nested/iam-policy.config.json", '{ "preset": "strict" }\n');
    const { out } = await cli("scaffold", ...ADMIN, "--out", "nested/deep/aws");
    assert.match(out, /^changed nested\/iam-policy\.config\.json$/m);
    const { suppressions } = JSON.parse(readFileSync(join(folder, "nested/iam-policy.config.json"), "utf8"));
    assert.equal(suppressions[0].file, "deep/aws/policies/admin_access.json");
    assert.ok(!existsSync(join(folder, "nested/deep/aws/iam-policy.config.json")));
  });

  it("takes templates of the workspace's own, which come before those that ship", async () => {
    const manifest = (name: string, title: string) =>
      JSON.stringify({
        name,
        title,
        kind: "scp",
        description: "Own.",
        files: { "scps/own.json": "own.json" },
      });
    put("mine/.iam-policy/templates/our-scp/template.json", manifest("our-scp", "Ours"));
    put("mine/.iam-policy/templates/our-scp/own.json", '{ "Statement": [] }\n');
    put(
      "mine/.iam-policy/templates/admin-group/template.json",
      manifest("admin-group", "Our administrators"),
    );
    put("mine/.iam-policy/templates/admin-group/own.json", "{}\n");
    put("mine/.iam-policy/templates/broken/template.json", '{ "name": "borken" }');
    const { out, err } = await cli("scaffold", "--list", "--out", "mine");
    assert.match(out, /^our-scp +Ours \(scp\)$/m);
    assert.match(out, /^admin-group +Our administrators \(scp\)$/m);
    assert.match(
      err,
      /templates\/broken\/template\.json \/name: The folder of this template is called `broken`/,
    );
    assert.equal(
      (await cli("scaffold", "our-scp", "--out", "mine", "--var", "aws-account-id=111122223333")).code,
      0,
    );
    assert.equal(readFileSync(join(folder, "mine/scps/own.json"), "utf8"), '{ "Statement": [] }\n');
    const elsewhere = await cli("scaffold", "--list", "--templates", "mine/.iam-policy/templates");
    assert.match(elsewhere.out, /^our-scp /m);
  });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
