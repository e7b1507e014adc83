/** `simulate`, `matrix` and `test` about a whole account, as a terminal sees them; what is decided is in test/account. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, describe, it } from "node:test";
import { cli, folder } from "./cli.js";

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is a policy variable.
const HOME = "arn:aws:s3:::home/${aws:username}";
const allow = (action: string | readonly string[], resource: string | readonly string[] = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "Grant", Effect: "Allow", Action: action, Resource: resource }],
});
const ACCOUNT = {
  account: "111122223333",
  region: "eu-west-1",
  policies: { read: "policies/read.json" },
  groups: { readers: { policies: ["read"] } },
  users: {
    ana: { groups: ["readers"] },
    ben: {
      inline: {
        own: allow(["s3:PutObject", "s3:GetObject"], `${HOME}/*`),
        no: { Version: "2012-10-17", Statement: { Effect: "Deny", Action: "iam:*", Resource: "*" } },
      },
    },
  },
};
const BROKEN = { ...ACCOUNT, users: { ...ACCOUNT.users, cy: { groups: ["raeders"] } } };
const OBJECT = "arn:aws:s3:::logs/a.txt";
const TESTS = {
  account: "../iam-account.json",
  defaults: { on: OBJECT },
  tests: [
    {
      name: "readers read",
      as: ["group/readers", "user/ana"],
      can: ["s3:GetObject"],
      cannot: "s3:PutObject",
    },
    {
      name: "ben keeps to his home",
      as: "user/ben",
      can: "s3:PutObject",
      on: `${HOME}/a`,
    },
  ],
};
const FAILING = {
  account: "../iam-account.json",
  tests: [
    { name: "ana writes", as: "user/ana", can: "s3:PutObject", on: OBJECT },
    { name: "ana must not read", as: "user/ana", cannot: "s3:Get*", on: OBJECT },
    { name: "ben sees users", as: "user/ben", can: "iam:GetUser", on: "arn:aws:iam::111122223333:user/x" },
    { name: "holds", as: "user/ana", can: "s3:GetObject", on: OBJECT },
  ],
};
const UNUSABLE = {
  account: "../broken-account.json",
  tests: [
    { name: "nobody", as: "user/anna", can: "s3:GetObject", on: OBJECT },
    { name: "no action", as: "user/ana", can: "s3:GetObjekt", on: OBJECT },
    { name: "no ARN", as: "user/ana", can: "s3:GetObject", on: "logs" },
    { name: "without its group", as: "user/cy", can: "s3:GetObject", on: OBJECT },
    { name: "asks nothing", as: "user/ana" },
    { name: "holds all the same", as: "user/ana", can: "s3:GetObject", on: OBJECT },
  ],
};

before(() => {
  write("iam-account.json", ACCOUNT);
  write("broken-account.json", BROKEN);
  write("policies/read.json", allow("s3:GetObject"));
  write("good/readers.access-test.json", TESTS);
  write("failing/writers.access-test.json", FAILING);
  write("unusable/odd.access-test.json", UNUSABLE);
  write("empty/none.access-test.json", { account: "../iam-account.json", tests: [] });
  write("lost/lost.access-test.json", { ...TESTS, account: "gone.json" });
  write("nothing/readme.json", {});
  write("managed-account.json", {
    account: "111122223333",
    users: { ana: { policies: ["arn:aws:iam::aws:policy/ReadIt"] } },
  });
  write("managed.json", { ReadIt: allow("s3:GetObject") });
});

describe("iam-policy simulate --account", () => {
  const ask = (...rest: string[]) => cli("simulate", "--account", "iam-account.json", ...rest);

  it("answers one question with one decision, and says where the statement is written", async () => {
    const { code, out } = await ask(
      ..."--as user/ana --action s3:GetObject --format json --resource".split(" "),
      OBJECT,
    );
    assert.equal(code, 0);
    const { decision, reasons, principal, action, resource } = JSON.parse(out);
    assert.deepEqual(
      [decision, principal, action, resource],
      ["allowed", "user/ana", "s3:GetObject", OBJECT],
    );
    assert.deepEqual([reasons[0].file, reasons[0].pointer], ["policies/read.json", "/Statement/0"]);
  });

  it("answers several questions with a list: everyone, every action, every resource", async () => {
    const { out } = await ask(
      ..."--as user/ana user/ben --action s3:GetObject s3:PutObject --format json --resource".split(" "),
      OBJECT,
      "arn:aws:s3:::home/ben/a",
    );
    assert.deepEqual(
      JSON.parse(out).map((it: { decision: string }) => it.decision),
      [
        "allowed",
        "allowed",
        "implicitDeny",
        "implicitDeny",
        "implicitDeny",
        "allowed",
        "implicitDeny",
        "allowed",
      ],
    );
  });

  it("takes context, and several values of one key", async () => {
    write("tagged.json", {
      account: "111122223333",
      users: {
        ana: {
          inline: {
            p: {
              Statement: {
                Effect: "Allow",
                Action: "ec2:*",
                Resource: "*",
                Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
              },
            },
          },
        },
      },
    });
    const tagged = (...context: string[]) =>
      cli(
        ..."simulate --account tagged.json --as user/ana --action ec2:CreateTags --format json".split(" "),
        "--resource",
        "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
        "--context",
        ...context,
      );
    assert.equal(JSON.parse((await tagged("aws:TagKeys=a", "aws:TagKeys=b")).out).decision, "allowed");
    assert.equal(JSON.parse((await tagged("aws:TagKeys=a", "aws:TagKeys=c")).out).decision, "implicitDeny");
  });

  it("reads AWS's own policies from a file, and says which is missing", async () => {
    const question = ["--as", "user/ana", "--action", "s3:GetObject", "--resource", OBJECT];
    const without = await cli("simulate", "--account", "managed-account.json", ...question);
    assert.equal(without.code, 2);
    assert.match(without.out, /cannot be decided/);
    assert.match(
      without.err,
      /\/users\/ana\/policies\/0: `arn:aws:iam::aws:policy\/ReadIt` is a policy of AWS/,
    );
    const source = ["--managed-policies", "managed.json"];
    const { code, out } = await cli("simulate", "--account", "managed-account.json", ...question, ...source);
    assert.equal(code, 0);
    assert.match(out, /ReadIt · Grant · managed\.json \/ReadIt\/Statement\/0/);
  });

  for (const [what, args, message] of [
    [
      "an unknown user",
      "--as user/anna --action s3:GetObject",
      /--as: There is no user `anna`.*Did you mean `ana`\?/,
    ],
    [
      "an action that AWS lacks",
      "--as user/ana --action s3:GetObjekt",
      /AWS has no action .*`s3:GetObject`\?/,
    ],
    ["a service that AWS lacks", "--as user/ana --action s33:GetObject", /there is no service `s33`/],
    ["no ARN", "--as user/ana --action s3:GetObject --resource logs", /--resource: `logs` is not an ARN/],
    ["context without value", "--as user/ana --action s3:GetObject --context x", /is not KEY=VALUE/],
    ["nobody", "--action s3:GetObject", /Who asks\?/],
    ["nothing", "--as user/ana", /What is asked\?/],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      const { code, err } = await ask(...args.split(" "));
      assert.equal(code, 2);
      assert.match(err, message);
    });
  }

  it("says when the account is none", async () => {
    const { code, err } = await cli(
      ..."simulate --account policies/read.json --as user/ana --action s3:GetObject".split(" "),
    );
    assert.equal(code, 2);
    assert.match(err, /policies\/read\.json: This is a policy\. An account is an `iam-account\.json`/);
    assert.match(
      (await cli(..."simulate --account gone.json".split(" "))).err,
      /gone\.json: There is no such file/,
    );
  });
});

describe("iam-policy matrix", () => {
  it("shows who may do what, and where it depends on the resource", async () => {
    const { code, out } = await cli("matrix", "--account", "iam-account.json");
    assert.equal(code, 0);
    assert.equal(
      out,
      [
        "             ┌ user/ana",
        "             │ ┌ user/ben",
        "s3:GetObject ✔ ◐",
        "s3:PutObject · ◐",
        "",
        "✔ allowed   ◐ allowed on some resources   · not allowed",
        "",
      ].join("\n"),
    );
  });

  it("takes principals, patterns and resources", async () => {
    const { out } = await cli(
      ..."matrix --account iam-account.json --as user/ben group/readers --action iam:GetUser s3:*tObject --format csv --resource".split(
        " ",
      ),
      OBJECT,
      "arn:aws:s3:::home/ben/a",
    );
    assert.deepEqual(out.trim().split("\r\n"), [
      "action,resource,user/ben,group/readers",
      `iam:GetUser,${OBJECT},explicitDeny,implicitDeny`,
      "iam:GetUser,arn:aws:s3:::home/ben/a,explicitDeny,implicitDeny",
      `s3:GetObject,${OBJECT},implicitDeny,allowed`,
      "s3:GetObject,arn:aws:s3:::home/ben/a,allowed,allowed",
      `s3:PutObject,${OBJECT},implicitDeny,implicitDeny`,
      "s3:PutObject,arn:aws:s3:::home/ben/a,allowed,implicitDeny",
    ]);
  });

  it("prints Markdown and JSON", async () => {
    const args = "matrix --account iam-account.json --as user/ana --action s3:GetObject".split(" ");
    assert.equal(
      (await cli(...args, "--format", "markdown")).out,
      "| Action | `user/ana` |\n| --- | --- |\n| `s3:GetObject` | ✔ allowed |\n",
    );
    assert.deepEqual(JSON.parse((await cli(...args, "--format", "json", "--resource", OBJECT)).out), {
      version: 1,
      principals: ["user/ana"],
      actions: ["s3:GetObject"],
      resources: [OBJECT],
      rows: [{ principal: "user/ana", resource: OBJECT, cells: ["allowed"] }],
    });
  });

  it("shows what it can of an account with mistakes, and says so", async () => {
    const { code, out, err } = await cli("matrix", "--account", "broken-account.json");
    assert.equal(code, 2);
    assert.match(out, /s3:GetObject ✔ ◐ \?/);
    assert.match(err, /broken-account\.json \/users\/cy\/groups\/0: There is no group `raeders`/);
  });

  it("needs an account with somebody in it", async () => {
    assert.match((await cli("matrix")).err, /Name the account with --account/);
    write("nobody.json", { account: "111122223333" });
    assert.match((await cli("matrix", "--account", "nobody.json")).err, /no users and no roles/);
  });
});

describe("iam-policy test", () => {
  it("is content when every test holds", async () => {
    const { code, out } = await cli("test", "good");
    assert.equal(code, 0);
    assert.match(out, /good\/readers\.access-test\.json\n {2}✔ readers read\n/);
    assert.match(out, /2 hold, 0 fail \(5 decisions\)/);
  });

  it("names the statement that decided, or that there is none", async () => {
    const { code, out } = await cli("test", "failing");
    assert.equal(code, 1);
    assert.match(out, /✖ ana writes\n +user\/ana cannot s3:PutObject on .* but should \(implicitDeny\)/);
    assert.match(out, /No identity-based policy allows `s3:PutObject`/);
    assert.match(out, /user\/ana can 1 of the \d+ actions of s3:Get\*, such as s3:GetObject,/);
    assert.match(out, /Statement `Grant` of `read` \(policies\/read\.json \/Statement\/0\): Allows/);
    assert.match(
      out,
      /Statement `0` of `no` \(iam-account\.json \/users\/ben\/inline\/no\/Statement\): Denies/,
    );
    assert.match(out, /1 hold, 3 fail/);
  });

  it("says of each test that cannot be run why, and runs the others", async () => {
    const { code, out, err } = await cli("test", "unusable");
    assert.equal(code, 2);
    assert.match(
      out,
      /! nobody\n +\S+access-test\.json \/tests\/0: There is no user `anna` in the account\. Did you mean `ana`\?/,
    );
    assert.match(out, /! no action\n +\S+access-test\.json \/tests\/1: AWS has no action `s3:GetObjekt`/);
    assert.match(out, /! no ARN\n +\S+access-test\.json \/tests\/2: `logs` is not an ARN/);
    assert.match(
      out,
      /! without its group\n +\S+access-test\.json \/tests\/3: user\/cy: Nobody can tell.*\/users\/cy\/groups\/0/,
    );
    assert.match(out, /! asks nothing\n/);
    assert.match(out, /✔ holds all the same\n/);
    assert.match(err, /broken-account\.json \/users\/cy\/groups\/0/);
    assert.match(err, /odd\.access-test\.json \/tests\/4: .*asks nothing/);
  });

  it("prints JSON with the grounds of every failure", async () => {
    const { code, out } = await cli("test", "failing", "good", "--format", "json");
    assert.equal(code, 1);
    const { summary, files } = JSON.parse(out);
    assert.deepEqual(summary, { passed: 3, failed: 3, error: 0, tests: 6, decisions: summary.decisions });
    const [first] = files[0].tests;
    assert.equal(first.pointer, "/tests/0");
    assert.equal(first.failures[0].decision, "implicitDeny");
    assert.ok(first.failures[0].reasons.length > 0);
  });

  it("prints JUnit XML", async () => {
    write("xml/odd.access-test.json", {
      account: "../iam-account.json",
      tests: [{ name: 'a < b & "c"', as: "user/ana", can: "s3:PutObject", on: OBJECT }, ...TESTS.tests],
      defaults: TESTS.defaults,
    });
    const { out } = await cli("test", "xml", "--format", "junit");
    assert.match(out, /<testsuites name="iam-policy" tests="3" failures="1" errors="0">/);
    assert.match(
      out,
      /<testcase name="a &lt; b &amp; &quot;c&quot;" classname="xml\/odd\.access-test\.json">/,
    );
    assert.match(out, /<failure message="user\/ana cannot s3:PutObject/);
    assert.match(out, /<testcase name="readers read" classname="[^"]+"\/>/);
    const unusable = (await cli("test", "unusable", "--format", "junit")).out;
    assert.match(unusable, /errors="5"/);
    assert.match(unusable, /<error message="There is no user/);
  });

  it("tells which statements no test exercises", async () => {
    const { out } = await cli("test", "good", "--coverage");
    assert.match(out, /2 of 3 statements are exercised by a test\./);
    assert.match(out, /never: iam-account\.json \/users\/ben\/inline\/no\/Statement \(no\)/);
    const { coverage } = JSON.parse((await cli("test", "good", "--coverage", "--format", "json")).out);
    assert.deepEqual([coverage.covered, coverage.all], [2, 3]);
  });

  it("never succeeds without having run a test", async () => {
    for (const [where, message] of [
      ["nothing", /There is no \*\.access-test\.json in nothing/],
      ["empty", /There is no test in this file/],
      ["gone", /gone: there is no such file or folder/],
      ["lost", /lost\/gone\.json: There is no such file/],
      ["iam-account.json", /tests name no|There is no test/],
    ] as const) {
      const { code, err } = await cli("test", where);
      assert.equal(code, 2, where);
      assert.match(err, message);
    }
  });
});

describe("iam-policy diff", () => {
  it("says who gains and loses what, with a request for each", async () => {
    write("wider-account.json", {
      ...ACCOUNT,
      users: { ...ACCOUNT.users, ana: { groups: [], inline: { own: allow("sqs:SendMessage") } } },
    });
    const { code, out } = await cli("diff", "iam-account.json", "wider-account.json");
    assert.equal(code, 1);
    assert.equal(
      out,
      [
        "user/ana",
        "  + gains sqs:SendMessage",
        "      sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:any: implicitDeny → allowed",
        "  - loses s3:GetObject",
        "      s3:GetObject on arn:aws:s3:::any/any: allowed → implicitDeny",
        "",
        "unchanged: user/ben",
        "",
      ].join("\n"),
    );
    const back = await cli("diff", "iam-account.json", "wider-account.json", "--format", "json");
    const { summary, unchanged } = JSON.parse(back.out);
    assert.deepEqual([summary, unchanged], [{ gained: 1, lost: 1 }, ["user/ben"]]);
  });

  it("compares policies by what they mean", async () => {
    write("old.json", allow("s3:GetObject"));
    write("same.json", allow(["S3:getobject"], ["*"]));
    write("less.json", allow("s3:GetObject", "arn:aws:s3:::logs/*"));
    const same = await cli("diff", "old.json", "same.json");
    assert.deepEqual([same.code, same.out], [0, "No difference in access was found.\n"]);
    assert.equal((await cli("diff", "old.json", "less.json")).code, 1);
    assert.equal((await cli("diff", "old.json", "less.json", "--no-new-access")).code, 0);
    assert.equal((await cli("diff", "less.json", "old.json", "--no-new-access")).code, 1);
  });

  it("names the rest of many differences in one line, and keeps all requests for programs", async () => {
    write("nothing.json", allow("sts:GetCallerIdentity"));
    write("everything.json", allow("*"));
    const { out } = await cli("diff", "nothing.json", "everything.json");
    const gains = out.split("\n").filter((line) => line.startsWith("  + gains "));
    assert.equal(gains.length, 13);
    assert.equal(out.match(/→/g)?.length, 12);
    assert.match(gains.at(-1) ?? "", /^ {2}\+ gains also .*\bs3:\*, /);
    const { differences } = JSON.parse(
      (await cli("diff", "nothing.json", "everything.json", "--format", "json")).out,
    );
    const services = new Set(differences.map((it: { actions: string[] }) => it.actions[0]?.split(":")[0]));
    const named = gains.flatMap((line) => line.match(/[\w-]+(?=:)/g) ?? []);
    assert.deepEqual(new Set(named), services);
  });

  it("compares documents of several policies one by one", async () => {
    const role = (action: string) => ({
      Type: "AWS::IAM::ManagedPolicy",
      Properties: { PolicyDocument: allow(action) },
    });
    write("old-template.json", { Resources: { A: role("s3:GetObject"), B: role("sqs:SendMessage") } });
    write("new-template.json", {
      Resources: { New: role("sns:Publish"), B: role("sqs:ReceiveMessage"), A: role("s3:GetObject") },
    });
    const { code, out } = await cli("diff", "old-template.json", "new-template.json");
    assert.equal(code, 1);
    assert.deepEqual(
      out.split("\n").filter((line) => !line.includes("→")),
      [
        "/Resources/B/Properties/PolicyDocument",
        "  anyone with this policy",
        "    + gains sqs:ReceiveMessage",
        "    - loses sqs:SendMessage",
        "",
        "/Resources/New/Properties/PolicyDocument",
        "  anyone with this policy",
        "    + gains sns:Publish",
        "",
        "unchanged: /Resources/A/Properties/PolicyDocument",
        "",
      ],
    );
    const json = JSON.parse(
      (await cli("diff", "old-template.json", "new-template.json", "--format", "json")).out,
    );
    assert.deepEqual(
      json.differences.map((it: { policy: string; change: string }) => `${it.change} ${it.policy}`),
      ["gained B", "lost B", "gained New"].map((it) =>
        it.replace(/(\w+)$/, "/Resources/$1/Properties/PolicyDocument"),
      ),
    );
    assert.deepEqual(json.summary, { gained: 2, lost: 1 });
  });

  it("tells policies of a list apart by what they say, and says which it cannot tell apart", async () => {
    write("old-list.json", [allow("s3:GetObject"), allow("sqs:SendMessage")]);
    write("turned.json", [allow("sqs:SendMessage"), allow("s3:GetObject")]);
    write("longer.json", [allow("sns:Publish"), allow("s3:GetObject"), allow("sqs:SendMessage")]);
    write("other.json", [allow("s3:GetObject"), allow("sqs:Receive*"), allow("sns:Publish")]);
    assert.equal((await cli("diff", "old-list.json", "turned.json")).code, 0);
    const longer = await cli("diff", "old-list.json", "longer.json");
    assert.match(longer.out, /^line \d\n {2}anyone with this policy\n {4}\+ gains sns:Publish\n/);
    const other = await cli("diff", "old-list.json", "other.json");
    assert.equal(other.code, 2);
    assert.match(other.err, /other\.json: `line \d+` is left out: which policy .* cannot be told\./);
    const computed = { Effect: "Allow", Action: { Ref: "Action" }, Resource: "*" };
    write("filled.json", { A: { Version: "2012-10-17", Statement: [computed] } });
    write("written.json", { A: allow("s3:GetObject") });
    const filled = await cli("diff", "filled.json", "written.json");
    assert.match(filled.err, /`\/A` is left out: a template fills in a part of it/);
  });

  it("compares with what is committed, the policies of an account included", async () => {
    const git = (...args: readonly string[]) => {
      const { status, stderr } = spawnSync(
        "git",
        ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args],
        {
          cwd: folder,
          encoding: "utf8",
        },
      );
      assert.equal(status, 0, stderr);
    };
    write("kept.json", allow("s3:GetObject"));
    write("own.json", allow("s3:GetObject"));
    write("committed-account.json", {
      account: "111122223333",
      users: { ana: { inline: { own: "own.json" } } },
    });
    git("init", "-q");
    git("add", "kept.json", "own.json", "committed-account.json");
    git("commit", "-q", "-m", "first");
    write("kept.json", allow("s3:PutObject"));
    write("own.json", allow("sqs:SendMessage"));
    const policy = await cli("diff", "git:HEAD", "kept.json");
    assert.match(policy.out, /\+ gains s3:PutObject[\s\S]*- loses s3:GetObject/);
    const account = await cli("diff", "git:HEAD", "committed-account.json");
    assert.equal(account.code, 1);
    assert.match(account.out, /^user\/ana\n {2}\+ gains sqs:SendMessage/);
    for (const [args, message] of [
      [["git:HEAD", "old.json"], /git has no old\.json at HEAD\./],
      [["git:nowhere", "kept.json"], /git has no kept\.json at nowhere\./],
      [["git:--output=x", "kept.json"], /is not a revision of git/],
    ] as const) {
      const { code, err } = await cli("diff", ...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, message);
    }
  });

  it("refuses what it cannot compare", async () => {
    writeFileSync(join(folder, "torn.json"), '{"Statement": [{"Effect": "Allow" "Action": "*"}]}');
    for (const [args, message] of [
      [["old.json"], /Name two files/],
      [["old.json", "iam-account.json"], /old\.json holds policies, and the other file none/],
      [
        ["old.json", "torn.json"],
        /torn\.json \/Statement\/0\/Effect: AWS would not take this policy: missing-comma/,
      ],
      [["old.json", "gone.json"], /gone\.json: there is no such file/],
      [["iam-account.json", "nothing/readme.json"], /has no `account`/],
    ] as const) {
      const { code, err } = await cli("diff", ...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, message);
    }
  });
});

describe("accounts from files of other shapes", () => {
  const asked = ["--as", "user/ana", "--action", "s3:GetObject", "--resource", OBJECT] as const;

  it("with a byte order mark in front", async () => {
    writeFileSync(join(folder, "bom-account.json"), `\uFEFF${JSON.stringify(ACCOUNT)}`);
    const { code, err } = await cli("simulate", "--account", "bom-account.json", ...asked);
    assert.deepEqual([code, err], [0, ""]);
  });

  it("in UTF-16, as PowerShell writes them", async () => {
    writeFileSync(join(folder, "utf16.json"), Buffer.from(`\uFEFF${JSON.stringify(ACCOUNT)}`, "utf16le"));
    const { code, err } = await cli("simulate", "--account", "utf16.json", ...asked);
    assert.equal(code, 2);
    assert.match(err, /utf16\.json: This file is in UTF-16.*Save it as UTF-8/);
  });

  it("longer than any account", async () => {
    writeFileSync(join(folder, "long.json"), "");
    truncateSync(join(folder, "long.json"), 101_000_000);
    const { code, err } = await cli("simulate", "--account", "long.json", ...asked);
    assert.equal(code, 2);
    assert.match(err, /long\.json: 101 MB is too long for an account; files above 100 MB are not read\./);
    assert.match((await cli("diff", "long.json", "iam-account.json")).err, /too long for an account/);
  });

  it("longer than any policy", async () => {
    const padded = { ...ACCOUNT, variables: { padding: "x".repeat(4_500_000) } };
    writeFileSync(join(folder, "wide-account.json"), JSON.stringify(padded));
    const { code, out } = await cli("diff", "wide-account.json", "iam-account.json");
    assert.deepEqual([code, out], [0, "No difference in access was found.\n"]);
  });

  it("that are not there", async () => {
    const { code, err } = await cli("simulate", "--account", "gone-account.json", ...asked);
    assert.equal(code, 2);
    assert.match(err, /gone-account\.json: There is no such file/);
  });
});

function write(path: string, content: unknown): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, JSON.stringify(content));
}
