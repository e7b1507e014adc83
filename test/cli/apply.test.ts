/** `apply`, `rollback` and `journal` as a terminal sees them; what plans are made of is in test/account/change. */
import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, it } from "node:test";
import { TargetError } from "../../server/src/account/change/target.js";
import { applyLocks } from "../../server/src/node/apply-locks.js";
import { changePorts } from "../../server/src/node/change-ports.js";
import { cli, folder } from "./cli.js";

const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "arn:aws:s3:::logs/*" }],
});
const ACCOUNT = {
  account: "111122223333",
  region: "eu-west-1",
  policies: { read: allow("s3:GetObject") },
  groups: { readers: { policies: ["read"] } },
  users: { ana: { groups: ["readers"], inline: { own: allow("s3:PutObject") } } },
  buckets: { logs: null },
};
/** The user loses a policy of their own, the policy changes. */
const NEXT = { ...ACCOUNT, policies: { read: allow("s3:Get*") }, users: { ana: { groups: ["readers"] } } };
const SNAPSHOT = "iam-account.snapshot.json";

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  write("iam-account.json", ACCOUNT);
});

describe("iam-policy apply", () => {
  it("shows the plan, what it gives and takes, and changes nothing", async () => {
    const { code, out, err } = await cli("apply", "--plan");
    assert.equal(code, 1);
    assert.match(out, /^Account 111122223333, snapshot iam-account\.snapshot\.json$/m);
    assert.match(out, /^ {3}1\. Create the policy `read`\n {7}\+ \{\n {7}\+ {3}"Version": "2012-10-17",$/m);
    assert.match(out, /^ {3}6\. Add user `ana` to group `readers`$/m);
    assert.match(out, /user\/ana\n {4}\+ gains s3:GetObject/);
    assert.equal(err, "");
    assert.equal(existsSync(join(folder, SNAPSHOT)), false);
    assert.equal(existsSync(join(folder, ".iam-policy")), false);
  });

  it("tells once what becomes different for several people", async () => {
    const users = Object.fromEntries(
      ["ana", "ben", "cem", "dee", "eva"].map((it) => [it, { groups: ["readers"] }]),
    );
    write("iam-account.json", {
      ...ACCOUNT,
      users: { ...users, fay: { inline: { own: allow("s3:GetObject") } } },
    });
    const { out } = await cli("apply", "--plan");
    assert.match(out, /^ {2}user\/ana, user\/ben, user\/cem and 3 more\n {4}\+ gains s3:GetObject$/m);
    write("iam-account.json", {
      ...ACCOUNT,
      users: { ...users, fay: { inline: { own: allow("s3:PutObject") } } },
    });
    assert.match((await cli("apply", "--plan")).out, /^ {2}user\/fay\n {4}\+ gains s3:PutObject$/m);
  });

  it("carries it out, and then there is nothing to do", async () => {
    const { code, out } = await cli("apply", "--yes");
    assert.equal(code, 0, out);
    assert.match(out, /^ {4}6\/6 Add user `ana` to group `readers`$/m);
    assert.match(out, /^Done: 6 steps\. Take it back with `iam-policy rollback \S+`\.$/m);
    assert.equal(snapshot().UserDetailList[0].GroupList[0], "readers");
    const again = await cli("apply", "--plan");
    assert.deepEqual([again.code, again.out.includes("Nothing is to be changed.")], [0, true]);
    assert.equal((await cli("apply")).code, 0);
  });

  it("asks first, and does nothing without a yes", async () => {
    for (const answers of [["no"], [""], ["maybe"]]) {
      const { code, err } = await cli("apply", { answers });
      assert.equal(code, 1);
      assert.match(err, /Carry out 6 changes\? \(yes\/no\) Nothing was done\./);
      assert.equal(existsSync(join(folder, SNAPSHOT)), false);
    }
    assert.equal((await cli("apply", { answers: ["yes"] })).code, 0);
  });

  it("refuses where there is nobody to ask", async () => {
    const { code, err } = await cli("apply");
    assert.equal(code, 2);
    assert.match(err, /no terminal to ask at/);
    assert.equal(existsSync(join(folder, SNAPSHOT)), false);
  });

  it("asks for deletions by themselves", async () => {
    await cli("apply", "--yes");
    write("iam-account.json", NEXT);
    const shown = await cli("apply", "--plan");
    assert.match(shown.out, /^Deletions\n {3}2\. Delete the inline policy `own` of user `ana`$/m);
    const { code, out, err } = await cli("apply", { answers: ["yes", "yes"] });
    assert.equal(code, 0);
    assert.match(err, /Carry out 1 change\? .*Delete 1 thing too\? \(write delete\)/);
    assert.match(out, /Done: 1 step\./);
    assert.equal(snapshot().UserDetailList[0].UserPolicyList.length, 1);
    assert.equal((await cli("apply", { answers: ["delete"] })).code, 0);
    assert.equal(snapshot().UserDetailList[0].UserPolicyList.length, 0);
  });

  it("withholds deletions that no flag confirms", async () => {
    await cli("apply", "--yes");
    write("iam-account.json", NEXT);
    const { code, out } = await cli("apply", "--yes");
    assert.equal(code, 0);
    assert.match(out, /^Withheld.*\n {7}Delete the inline policy `own` of user `ana`$/m);
    assert.equal(snapshot().UserDetailList[0].UserPolicyList.length, 1);
    assert.equal((await cli("apply", "--yes", "--delete")).code, 0);
    assert.equal(snapshot().UserDetailList[0].UserPolicyList.length, 0);
  });

  it("applies one part alone", async () => {
    assert.equal((await cli("apply", "--yes", "--only", "policy/read", "group/readers")).code, 0);
    assert.deepEqual([snapshot().Policies.length, snapshot().UserDetailList.length], [1, 0]);
    const { code, err, out } = await cli("apply", "--yes", "--only", "user/anna");
    assert.equal(code, 1);
    assert.match(out, /error: `user\/anna` names nothing of the account.*Did you mean `user\/ana`\?/);
    assert.match(err, /Nothing was done: the errors above come first\./);
  });

  it("prints for programs", async () => {
    const plan = JSON.parse((await cli("apply", "--plan", "--format", "json")).out);
    assert.equal(plan.version, 1);
    assert.deepEqual(plan.summary, { change: 6, delete: 0, withheld: 0 });
    assert.equal(plan.steps[0].call.operation, "CreatePolicy");
    assert.equal(plan.access[0].who, "user/ana");
    assert.equal(plan.result, undefined);
    const done = JSON.parse((await cli("apply", "--yes", "--format", "json")).out);
    assert.equal(done.result.state, "done");
    assert.match(done.result.journal, /^\d{8}T\d{6}Z-111122223333$/);
  });

  it("shows calls as AWS's own command line takes them", async () => {
    const { out } = await cli("apply", "--plan", "--calls");
    assert.match(
      out,
      /^ {7}aws iam attach-group-policy --group-name readers --policy-arn arn:aws:iam::111122223333:policy\/read$/m,
    );
    assert.match(out, /^ {7}aws iam create-policy --policy-name read --policy-document '\{"Version":/m);
  });

  it("takes the texts of AWS's policies from the account, where it has them", async () => {
    const arn = "arn:aws:iam::aws:policy/Reader";
    write("iam-account.json", { account: "111122223333", users: { ana: { policies: [arn] }, ben: {} } });
    const unknown = await cli("apply", "--plan");
    assert.match(unknown.out, /note: What `arn:aws:iam::aws:policy\/Reader` gives is not known here/);
    assert.equal((await cli("apply", "--yes")).code, 0);
    const known = { PolicyName: "Reader", Arn: arn, DefaultVersionId: "v1" };
    const versions = [{ VersionId: "v1", IsDefaultVersion: true, Document: allow("s3:GetObject") }];
    write(SNAPSHOT, { ...snapshot(), Policies: [{ ...known, PolicyVersionList: versions }] });
    write("iam-account.json", {
      account: "111122223333",
      users: { ana: { policies: [arn] }, ben: { policies: [arn] } },
    });
    const { out } = await cli("apply", "--plan");
    assert.match(out, /user\/ben\n {4}\+ gains s3:GetObject/);
    assert.doesNotMatch(out, /not known here/);
  });

  it("keeps to the account that the file is about", async () => {
    await cli("apply", "--yes");
    write("iam-account.json", { ...ACCOUNT, account: "444455556666" });
    const { code, err } = await cli("apply", "--plan");
    assert.equal(code, 2);
    assert.match(err, /is the account 111122223333, and the account file is about 444455556666/);
  });

  it("does nothing while the account file has mistakes, each said once", async () => {
    write("iam-account.json", { ...ACCOUNT, users: { ana: { group: ["readers"], policies: ["reed"] } } });
    const { code, out, err } = await cli("apply", "--yes");
    assert.equal(code, 1);
    assert.equal(out.match(/`group` means nothing here/g)?.length, 1);
    assert.equal(out.match(/There is no policy `reed`/g)?.length, 1);
    assert.match(err, /Nothing was done/);
    assert.equal(existsSync(join(folder, SNAPSHOT)), false);
  });

  it("takes another account file and target, from another folder", async () => {
    mkdirSync(join(folder, "prod"));
    write("prod/account.json", ACCOUNT);
    assert.equal((await cli("apply", "--yes", "--account", "prod/account.json")).code, 0);
    assert.ok(existsSync(join(folder, "prod", SNAPSHOT)));
    assert.ok(existsSync(join(folder, "prod", ".iam-policy", "journal")));
    const other = ["--account", "prod/account.json", "--target", "snapshot:other.json"];
    assert.equal((await cli("apply", "--yes", ...other)).code, 0);
    assert.ok(existsSync(join(folder, "other.json")));
  });

  for (const [args, words] of [
    [["apply", "extra"], /`extra` means nothing here/],
    [["apply", "--target", "gcp:x"], /`gcp:x` is no target: write `snapshot:FILE`/],
    [["apply", "--account", "gone.json"], /gone\.json: There is no such file/],
    [["apply", "--resume"], /There is nothing to resume/],
    [["apply", "--format", "xml"], /--format is one of text, json/],
    [["apply", "--managed-policies", "gone.json"], /gone\.json: There is no such file/],
    [["rollback"], /Name one apply/],
    [["rollback", "--last"], /There is nothing to take back/],
    [["rollback", "x", "--last"], /Name one apply/],
    [["rollback", "x"], /There is no apply `x`/],
  ] as const) {
    it(`says what is wrong: iam-policy ${args.join(" ")}`, async () => {
      const { code, err } = await cli(...args);
      assert.equal(code, 2);
      assert.match(err, words);
    });
  }

  it("holds documents to the checks of the workspace, each by its own file", async () => {
    write("iam-account.json", { ...ACCOUNT, policies: { read: "read.json" }, users: {} });
    const [statement] = allow("s3:GetObjekt").Statement;
    write("read.json", { Version: "2012-10-17", Statement: [{ ...statement, Sid: "New" }] });
    const plan = () => cli("apply", "--plan");
    assert.match((await plan()).out, /error: AWS would not take .* policy `read`: .*GetObjekt/);
    const configuration = (it: object) => write("iam-policy.config.json", it);
    configuration({ rules: { "unknown-action": "warning" } });
    assert.doesNotMatch((await plan()).out, /error/);
    const suppression = {
      rule: "unknown-action",
      file: "read.json",
      sid: "New",
      reason: "AWS has it since today.",
    };
    configuration({ suppressions: [suppression] });
    assert.doesNotMatch((await plan()).out, /error/);
    configuration({ suppressions: [{ ...suppression, file: "write.json" }] });
    assert.match((await plan()).out, /error: AWS would not take/);
    write("read.json", allow("s3:*"));
    configuration({ rules: { "wildcard-action": "error" } });
    assert.match((await plan()).out, /error: This workspace does not take .* `read`: .* \(wildcard-action\)/);
    const { code, err } = await cli("apply", "--yes");
    assert.deepEqual([code, err], [1, "Nothing was done: the errors above come first.\n"]);
    configuration({ rules: { "wildcard-acton": "error" } });
    const wrong = await cli("apply", "--yes");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /iam-policy\.config\.json:\d+:\d+: .*wildcard-acton/);
  });

  it("wants an account id", async () => {
    write("iam-account.json", { users: {} });
    const { code, err } = await cli("apply", "--plan");
    assert.equal(code, 2);
    assert.match(err, /has no `account`/);
  });

  it("tells of itself", async () => {
    for (const command of ["apply", "rollback", "journal"]) {
      const { code, out } = await cli(command, "--help");
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^usage: iam-policy ${command}`));
    }
  });
});

describe("an apply that stops on its way", () => {
  /** Fails at the given calls for good. */
  const failing = (at: number) => {
    const ports = changePorts();
    let calls = 0;
    return {
      ports: {
        change: {
          ...ports,
          targets: {
            snapshot: async (...given: Parameters<(typeof ports.targets)["snapshot"] & object>) => {
              const target = await ports.targets["snapshot"]!(...given);
              return {
                ...target,
                perform: async (...call: Parameters<typeof target.perform>) => {
                  if (++calls === at) throw new TargetError("denied", "You may not.", "AccessDenied");
                  return target.perform(...call);
                },
              };
            },
          },
        },
      },
    };
  };

  it("says what is done and what is not, and is resumed", async () => {
    const { code, out } = await cli("apply", "--yes", failing(4));
    assert.equal(code, 1);
    assert.match(out, /^Stopped after 3 of 6 steps\.\n {2}Not done: .*You may not\.\n {2}Not begun: /m);
    assert.match(out, /Go on with `iam-policy apply --resume`/);
    const list = await cli("journal");
    assert.equal(list.code, 1);
    assert.match(list.out, /apply, snapshot iam-account\.snapshot\.json: unfinished, 3 of 6 steps/);
    assert.match((await cli("apply", "--plan")).err, /did not come to its end: `iam-policy apply --resume`/);
    const resumed = await cli("apply", "--resume", "--yes");
    assert.equal(resumed.code, 0, resumed.out + resumed.err);
    assert.match(resumed.out, /Done: 3 steps\./);
    assert.equal((await cli("apply", "--plan")).code, 0);
    assert.equal((await cli("journal")).code, 0);
  });

  it("has its journal found by the account file, also where that is gone", async () => {
    await cli("apply", "--yes", failing(4));
    const wrong = await cli("journal", "--account", "elsewhere/iam-account.json");
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.err,
      /^elsewhere\/iam-account\.json: there is no such file, and no journal beside it\./,
    );
    assert.equal((await cli("journal", "--account", "gone.json")).code, 1);
  });

  it("is taken back, from where it stopped", async () => {
    await cli("apply", "--yes", failing(4));
    const { code, out } = await cli("rollback", "--last", "--yes", "--delete");
    assert.equal(code, 0, out);
    const { UserDetailList, GroupDetailList, Policies } = snapshot();
    assert.deepEqual([UserDetailList, GroupDetailList, Policies], [[], [], []]);
    assert.match(
      (await cli("journal")).out,
      /: rolled back, 3 of 6 steps\n.*rollback of .*: done, 3 of 3 steps/,
    );
  });

  it("is resumed only where it was applied", async () => {
    await cli("apply", "--yes", failing(4));
    const { code, err } = await cli("apply", "--resume", "--yes", "--target", "snapshot:other.json");
    assert.equal(code, 2);
    assert.match(
      err,
      /This was applied to snapshot iam-account\.snapshot\.json, not to snapshot other\.json/,
    );
  });

  it("is past when a later apply comes to its end", async () => {
    await cli("apply", "--yes", failing(4));
    assert.equal((await cli("apply", "--yes")).code, 0);
    const list = await cli("journal");
    assert.equal(list.code, 0);
    assert.match(list.out, /: superseded, 3 of 6 steps\n.*: done, 3 of 3 steps/);
    assert.equal((await cli("apply", "--resume")).code, 2);
  });

  it("is resumed from another folder", async () => {
    mkdirSync(join(folder, "prod"));
    write("prod/iam-account.json", ACCOUNT);
    await cli("apply", "--yes", "--account", "prod/iam-account.json", failing(4));
    mkdirSync(join(folder, "elsewhere"));
    const there = ["--account", "../prod/iam-account.json"];
    const { code, out, err } = await cli("apply", "--resume", "--yes", ...there, { cwd: "elsewhere" });
    assert.equal(code, 0, out + err);
    assert.match(out, /snapshot iam-account\.snapshot\.json/);
  });

  it("knows a snapshot again however it is named, in journals from before too", async () => {
    mkdirSync(join(folder, "real"));
    write("real/iam-account.json", ACCOUNT);
    symlinkSync(join(folder, "real"), join(folder, "link"), "junction");
    await cli("apply", "--yes", "--account", "real/iam-account.json", failing(4));
    const journals = join(folder, "real", ".iam-policy", "journal");
    const [name = ""] = readdirSync(journals);
    const text = readFileSync(join(journals, name), "utf8");
    assert.match(text, /"identity":"snapshot:iam-account\.snapshot\.json"/);
    writeFileSync(join(journals, name), text.replace(/"identity":"[^"]*",/, ""));
    const named = [
      "--account",
      "link/iam-account.json",
      "--target",
      `snapshot:${join(folder, "real", SNAPSHOT)}`,
    ];
    assert.match((await cli("apply", "--resume", "--yes", ...named)).out, /Done: 3 steps/);
    const moved = join(folder, "moved");
    renameSync(join(folder, "real"), moved);
    const back = await cli("rollback", "--last", "--yes", "--delete", "--account", "moved/iam-account.json");
    assert.equal(back.code, 0, back.out + back.err);
  });

  it("is refused while another one changes the same file", async () => {
    const lock = await applyLocks(folder)(`snapshot:${SNAPSHOT}`);
    assert.ok("release" in lock);
    const { code, out } = await cli("apply", "--yes");
    assert.equal(code, 1);
    assert.match(
      out,
      /Nothing was done: another apply has been changing the same account since .* \(process \d+, /,
    );
    const json = JSON.parse((await cli("apply", "--yes", "--format", "json")).out);
    assert.equal(json.result.state, "held");
    assert.equal(existsSync(join(folder, SNAPSHOT)), false);
    await lock.release();
    assert.equal((await cli("apply", "--yes")).code, 0);
    assert.deepEqual(readdirSync(folder).sort(), [".iam-policy", "iam-account.json", SNAPSHOT]);
  });

  it("shows nothing of policies in what it says of errors", async () => {
    const { out, err } = await cli("apply", "--yes", "--format", "json", failing(2));
    assert.equal(JSON.parse(out).result.state, "failed");
    assert.doesNotMatch(err, /Statement/);
  });
});

describe("iam-policy rollback", () => {
  it("takes an apply back, and that back again", async () => {
    await cli("apply", "--yes");
    const first = readFileSync(join(folder, SNAPSHOT), "utf8");
    write("iam-account.json", NEXT);
    await cli("apply", "--yes", "--delete");
    const shown = await cli("rollback", "--last", "--plan");
    assert.equal(shown.code, 1);
    assert.match(shown.out, /Make version `v1` of policy `read` its default again/);
    assert.match(shown.out, /^Deletions\n {3}\d\. Delete version `v2` of policy `read`/m);
    assert.equal((await cli("rollback", "--last", "--yes", "--delete")).code, 0);
    const { UserDetailList, Policies } = snapshot();
    assert.deepEqual(UserDetailList, JSON.parse(first).UserDetailList);
    assert.deepEqual(Policies[0].PolicyVersionList, JSON.parse(first).Policies[0].PolicyVersionList);
    const { runs } = JSON.parse((await cli("journal", "--format", "json")).out);
    assert.deepEqual(
      runs.map((it: { kind: string; state: string }) => `${it.kind} ${it.state}`),
      ["apply done", "apply rolled back", "rollback done"],
    );
    assert.equal((await cli("rollback", runs[2].id, "--yes", "--delete")).code, 0);
    assert.equal(snapshot().UserDetailList[0].UserPolicyList.length, 0);
    assert.equal((await cli("apply", "--plan", "--delete")).code, 0);
  });

  it("keeps to what somebody has changed since", async () => {
    await cli("apply", "--yes");
    const changed = snapshot();
    changed.UserDetailList[0].UserPolicyList[0].PolicyDocument = allow("s3:DeleteObject");
    write(SNAPSHOT, changed);
    const { code, out, err } = await cli("rollback", "--last", "--yes", "--delete");
    assert.equal(code, 1);
    assert.match(
      out,
      /error: Somebody has changed the inline policy `own` of user `ana` since: it says something else/,
    );
    assert.match(err, /Nothing was done/);
    assert.deepEqual(snapshot(), changed);
  });

  it("brings back what the checks of the workspace would not take any more", async () => {
    await cli("apply", "--yes");
    write("iam-account.json", NEXT);
    await cli("apply", "--yes", "--delete");
    write("iam-policy.config.json", { rules: { "missing-sid": "error" } });
    const { code, out } = await cli("rollback", "--last", "--yes", "--delete");
    assert.equal(code, 0, out);
    assert.match(
      out,
      /warning: This workspace does not take the inline policy `own` of user `ana`: .* \(missing-sid\)/,
    );
  });

  it("leaves that alone when asked to", async () => {
    write("iam-account.json", { ...ACCOUNT, users: { ana: {} } });
    await cli("apply", "--yes");
    write("iam-account.json", {
      ...ACCOUNT,
      users: { ana: { inline: { a: allow("s3:GetObjectAcl"), b: allow("s3:PutObjectAcl") } } },
    });
    await cli("apply", "--yes");
    const changed = snapshot();
    changed.UserDetailList[0].UserPolicyList[0].PolicyDocument = allow("s3:DeleteObject");
    write(SNAPSHOT, changed);
    assert.equal((await cli("rollback", "--last", "--yes", "--delete")).code, 1);
    const { code, out } = await cli("rollback", "--last", "--yes", "--delete", "--skip-moved");
    assert.equal(code, 0);
    assert.match(out, /warning: Somebody has changed the inline policy `a`.*It is left alone\./);
    const left = snapshot().UserDetailList[0].UserPolicyList.map(
      (it: { PolicyName: string }) => it.PolicyName,
    );
    assert.deepEqual(left, ["a"]);
  });
});

describe("journals", () => {
  it("lie beside the account file, for nobody else to read, and not in the repository", async () => {
    await cli("apply", "--yes");
    assert.equal(readFileSync(join(folder, ".iam-policy", ".gitignore"), "utf8"), "*\n");
    const [name = ""] = readdirSync(join(folder, ".iam-policy", "journal"));
    assert.match(name, /^\d{8}T\d{6}Z-111122223333\.jsonl$/);
    const lines = readFileSync(join(folder, ".iam-policy", "journal", name), "utf8")
      .trim()
      .split("\n");
    assert.equal(lines.length, 2 + 2 * 6);
    assert.deepEqual(lines.map((it) => JSON.parse(it).type).slice(0, 3), ["plan", "begin", "done"]);
  });

  it("are read past lines that were not written to their end, and named where they are none", async () => {
    await cli("apply", "--yes");
    const journals = join(folder, ".iam-policy", "journal");
    const [name = ""] = readdirSync(journals);
    const text = readFileSync(join(journals, name), "utf8");
    writeFileSync(join(journals, name), text.slice(0, -20));
    writeFileSync(join(journals, "zzz.jsonl"), "{");
    cpSync(join(journals, "zzz.jsonl"), join(journals, "notes.txt"));
    const { code, out, err } = await cli("journal");
    assert.equal(code, 2);
    assert.match(out, /: unfinished, 6 of 6 steps/);
    assert.equal(err, ".iam-policy/journal/zzz.jsonl is no journal that can be read.\n");
  });

  it("are none where nothing was applied", async () => {
    const { code, out } = await cli("journal");
    assert.deepEqual([code, out], [0, "There is no journal in .iam-policy/journal.\n"]);
  });

  it("that cannot be written keep everything from being done", async () => {
    writeFileSync(join(folder, ".iam-policy"), "in the way");
    const { code, err } = await cli("apply", "--yes");
    assert.equal(code, 2);
    assert.match(err, /The journals in \.iam-policy\/journal cannot be read: a part of the path is a file\./);
    assert.equal(existsSync(join(folder, SNAPSHOT)), false);
  });
});

function snapshot() {
  return JSON.parse(readFileSync(join(folder, SNAPSHOT), "utf8"));
}

function write(path: string, content: unknown): void {
  writeFileSync(join(folder, path), JSON.stringify(content, null, 2));
}
