/** What is there already when a template comes: nothing is overwritten, and it is all or nothing. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lineDiff } from "../../server/src/scaffold/line-diff.js";
import { readTemplate } from "../../server/src/scaffold/read-template.js";
import { type Folder, notPassed, plan, scaffolded, shipped, template, write } from "./site.js";

const states = (folder: Folder, name: string, others?: Readonly<Record<string, string>>) => {
  const { files, conflicts, sound } = plan(folder, template(name), others);
  return { sound, conflicts, files: Object.fromEntries(files.map((it) => [it.path, it.state])) };
};

describe("a folder that a template is written to", () => {
  it("gets all files where there is none", () => {
    assert.deepEqual(states(new Map(), "engineer-group"), {
      sound: true,
      conflicts: [],
      files: {
        "iam-account.json": "new",
        "policies/engineer_access.json": "new",
        "tests/engineer-group.access-test.json": "new",
        "iam-policy.config.json": "new",
      },
    });
  });

  it("keeps a file that says something else, and then everything else too", () => {
    const folder: Folder = new Map([["policies/engineer_access.json", "{}\n"]]);
    const { sound, files } = states(folder, "engineer-group");
    assert.equal(sound, false);
    assert.equal(files["policies/engineer_access.json"], "different");
    assert.equal(files["iam-account.json"], "new");
  });

  it("does not mind how lines end", () => {
    const folder = scaffolded("source-bucket");
    for (const [path, text] of folder) folder.set(path, text.replaceAll("\n", "\r\n"));
    assert.ok(Object.values(states(folder, "source-bucket").files).every((it) => it === "unchanged"));
  });

  it("takes a second bucket, and a second user into the same folder", () => {
    const folder = scaffolded("bucket-tls-only");
    write(folder, plan(folder, template("bucket-tls-only"), { bucket: "another-bucket" }));
    write(folder, plan(folder, template("source-bucket"), { "source-readers": "ana,ben" }));
    const account = JSON.parse(folder.get("iam-account.json")!);
    assert.deepEqual(Object.keys(account.buckets), ["one-tls-only", "another-bucket", "one-source"]);
    assert.deepEqual(account.users, { ana: {}, ben: {} });
  });

  it("joins a bucket policy where the account has it, and its tests stand beside the others", () => {
    const folder = scaffolded("bucket-tls-only", { bucket: "one-logs" });
    write(folder, plan(folder, template("bucket-log-delivery"), { bucket: "one-logs" }));
    assert.deepEqual(sidsIn(folder.get("policies/one-logs-bucket-policy.json")!), [
      "DenyInsecureTransport",
      "DenyOldTLS",
      "AccessLogs",
      "DeliveredLogs",
      "DeliveryChecks",
    ]);
    assert.deepEqual([...folder.keys()].filter((it) => it.startsWith("tests/")).sort(), [
      "tests/one-logs-log-delivery.access-test.json",
      "tests/one-logs-tls-only.access-test.json",
    ]);
  });

  const tls = JSON.parse(scaffolded("bucket-tls-only").get("policies/one-tls-only-bucket-policy.json")!);
  const mine = { ...tls, Statement: [{ ...tls.Statement[0], Sid: "Mine" }] };
  const withBucket = (bucket: unknown, files: Readonly<Record<string, unknown>> = {}): Folder =>
    new Map(
      Object.entries({
        "iam-account.json": {
          account: "111122223333",
          variables: { name: "one" },
          buckets: { "<name>-tls-only": bucket },
        },
        ...files,
      }).map(([path, json]) => [path, `${JSON.stringify(json, null, 2)}\n`]),
    );
  const there: Readonly<Record<string, Folder>> = {
    "a file of its own": withBucket("policies/<name>.json", { "policies/one.json": mine }),
    "a file, with more said about the bucket": withBucket(
      { policy: "policies/one.json", blockPublicAccess: true },
      { "policies/one.json": mine },
    ),
    "the account file": withBucket(mine),
    "the account file, with more said about the bucket": withBucket({
      policy: mine,
      blockPublicAccess: true,
    }),
  };
  for (const [where, folder] of Object.entries(there)) {
    it(`joins a bucket policy that stands in ${where}`, () => {
      write(folder, plan(folder, template("bucket-tls-only")));
      const policies = [...folder.values()].filter((it) => it.includes('"Effect"'));
      assert.equal(policies.length, 1, [...folder.keys()].join());
      assert.deepEqual(sidsIn(policies[0]!), ["Mine", "DenyOldTLS"]);
      assert.deepEqual(notPassed(folder), []);
      const again = plan(folder, template("bucket-tls-only"));
      assert.deepEqual([...new Set(again.files.map(({ state }) => state))], ["unchanged"]);
    });
  }

  it("gets a policy for a bucket that has none", () => {
    const folder = withBucket({ blockPublicAccess: true });
    write(folder, plan(folder, template("bucket-tls-only")));
    assert.deepEqual(JSON.parse(folder.get("iam-account.json")!).buckets, {
      "<name>-tls-only": { blockPublicAccess: true, policy: "policies/one-tls-only-bucket-policy.json" },
    });
  });

  it("takes a second project into a bucket", () => {
    const folder = scaffolded("projects-bucket");
    const second = {
      "project-folder": "nlp_classification",
      "other-folder": "palmer_penguins",
      "project-members": "analyst-two",
    };
    write(folder, plan(folder, template("projects-bucket"), second));
    assert.deepEqual(sidsIn(folder.get("policies/one-projects-bucket-policy.json")!), [
      "MembersWorkInFolder",
      "MembersListFolder",
      "DenyInsecureTransport",
      "MembersWorkInFolder2",
      "MembersListFolder2",
    ]);
    assert.deepEqual(notPassed(folder), []);
  });

  it("leaves a bucket policy alone that cannot be read, or is none", () => {
    const policy = "policies/one-tls-only-bucket-policy.json";
    const folder = scaffolded("bucket-tls-only");
    folder.set(policy, folder.get(policy)!.replace('"Sid": "DenyOldTLS",', ""));
    const broken = new Map(folder).set(policy, folder.get(policy)!.replace('"2012-10-17",', '"2012-10-17"'));
    assert.deepEqual(states(broken, "bucket-encryption", { bucket: "one-tls-only" }).conflicts, [
      `${policy}: This is not valid JSON (missing-comma): repair it first.`,
    ]);
    const none = new Map(folder).set(policy, "{}\n");
    assert.equal(states(none, "bucket-encryption", { bucket: "one-tls-only" }).files[policy], "different");
    const wrong = withBucket({ policy: { Id: "nothing" } });
    assert.match(
      states(wrong, "bucket-tls-only").conflicts.join(),
      /^iam-account\.json \/buckets\/<name>-tls-only\/policy: This is no policy/,
    );
    const outside = withBucket("../elsewhere.json");
    assert.match(states(outside, "bucket-tls-only").conflicts.join(), /leads out of the folder/);
  });

  it("is about one account", () => {
    const folder = scaffolded("admin-group");
    const { sound, conflicts } = states(folder, "engineer-group", { "aws-account-id": "444455556666" });
    assert.equal(sound, false);
    assert.match(conflicts.join(), /^iam-account\.json \/account: .*`111122223333`.*`444455556666`/);
  });

  it("remembers what was answered, and what it remembers stays", () => {
    const folder = scaffolded("admin-group", { name: "ana" });
    const account = JSON.parse(folder.get("iam-account.json")!);
    assert.equal(account.region, "ap-southeast-2");
    assert.deepEqual(account.variables, { name: "ana" });
    write(folder, plan(folder, template("engineer-group"), { name: "ben", region: "eu-west-1" }));
    const later = JSON.parse(folder.get("iam-account.json")!);
    assert.deepEqual([later.region, later.variables], ["ap-southeast-2", { name: "ana" }]);
    assert.deepEqual(Object.keys(later.users), ["admin-ana", "engineer-ben"]);
  });

  it("does not remember a bucket that the next template needs another of", () => {
    assert.equal(JSON.parse(scaffolded("bucket-tls-only").get("iam-account.json")!).variables, undefined);
  });

  it("adds suppressions to the configuration that is there, once", () => {
    const folder: Folder = new Map([["iam-policy.config.json", '{\n  // Ours.\n  "preset": "strict"\n}\n']]);
    write(folder, plan(folder, template("engineer-group")));
    const text = folder.get("iam-policy.config.json")!;
    assert.match(text, /^\{\n {2}\/\/ Ours\.\n {2}"preset": "strict",\n {2}"suppressions": \[/);
    assert.equal(states(folder, "engineer-group").files["iam-policy.config.json"], "unchanged");
  });

  it("leaves a configuration alone that cannot be read", () => {
    const folder: Folder = new Map([["iam-policy.config.json", '{ "suppressions": [ }']]);
    const { sound, conflicts } = states(folder, "engineer-group");
    assert.equal(sound, false);
    assert.match(conflicts.join(), /^iam-policy\.config\.json: .* repair it first\.$/);
  });

  it("is never left by a value with a way out of it", () => {
    const folder = new Map([
      ["template.json", JSON.stringify({ ...MANIFEST, files: { "policies/<way>.json": "a.json" } })],
      ["a.json", "{}"],
    ]);
    const read = readTemplate("own", folder, "own").template!;
    for (const way of ["../../elsewhere", "a/../../b", "a:b", "a\\b", "/etc/passwd", "con?"]) {
      const { sound, conflicts, files } = plan(new Map(), read, { way });
      assert.equal(sound, false, way);
      assert.equal(conflicts.length, 1, way);
      assert.ok(files.length > 0);
    }
  });

  it("does not get two texts for one file", () => {
    const files = { "policies/<way>.json": "a.json", "policies/same.json": "b.json" };
    const folder = new Map([
      ["template.json", JSON.stringify({ ...MANIFEST, files })],
      ["a.json", "{}"],
      ["b.json", "[]"],
    ]);
    const { sound, conflicts } = plan(new Map(), readTemplate("own", folder, "own").template!, {
      way: "same",
    });
    assert.equal(sound, false);
    assert.deepEqual(conflicts, ["`policies/same.json` would be written twice: choose other values."]);
  });
});

function sidsIn(text: string): readonly string[] {
  return [...text.matchAll(/"Sid": "(\w+)"/g)].map(([, sid]) => sid!);
}

const MANIFEST = {
  name: "own",
  title: "Own",
  kind: "identity",
  description: "Own.",
  variables: [{ name: "way", title: "Way", type: "text", example: "x" }],
};

describe("a template that cannot be used", () => {
  const problems = (change: (folder: Map<string, string>) => void) => {
    const folder = new Map(shipped.get("bucket-tls-only"));
    change(folder);
    const { template: read, problems: found } = readTemplate(
      "bucket-tls-only",
      folder,
      "own/bucket-tls-only",
    );
    assert.equal(read, undefined);
    return found.map(({ file, pointer, message }) => `${file} ${pointer}: ${message}`);
  };
  const edit = (path: string, from: string | RegExp, to: string) =>
    problems((folder) => {
      const text = folder.get(path)!;
      assert.notEqual(text.replace(from, to), text);
      folder.set(path, text.replace(from, to));
    });

  it("has a placeholder that no variable fills", () => {
    assert.deepEqual(edit("bucket-policy.json", "<bucket>", "<buckt>"), [
      "own/bucket-tls-only/bucket-policy.json /Statement/0/Resource/0: The placeholder `<buckt>` is none of the template's variables. Did you mean `bucket`?",
    ]);
    assert.deepEqual(edit("template.json", '"<bucket>":', '"{{name}}":'), [
      "own/bucket-tls-only/template.json /account/buckets/{{name}}: The placeholder `{{name}}` is none of the template's variables.",
    ]);
  });

  it("has no manifest, or a broken one", () => {
    assert.deepEqual(
      problems((folder) => void folder.delete("template.json")),
      [
        "own/bucket-tls-only/template.json : The template `bucket-tls-only` has no template.json, which says what it is.",
      ],
    );
    assert.match(edit("template.json", '"kind"', "kind").join(), /is not valid JSON here/);
    assert.match(
      problems((folder) => void folder.set("template.json", "[]")).join(),
      /A template is an object/,
    );
  });

  it("lacks a file that it names, or names one outside", () => {
    assert.deepEqual(
      problems((folder) => void folder.delete("bucket-policy.json")),
      [
        "own/bucket-tls-only/template.json /files/policies~1<bucket>-bucket-policy.json: There is no file `bucket-policy.json` in this template.",
      ],
    );
    assert.match(
      edit("template.json", '"policies/<bucket>-bucket-policy.json":', '"../x.json":').join(),
      /leads out of the folder/,
    );
    assert.match(
      edit("template.json", '"policies/<bucket>-bucket-policy.json":', '"iam-account.json":').join(),
      /say what goes into it with/,
    );
  });

  it("has a kind or a type that there is not, or no title", () => {
    assert.match(
      edit("template.json", '"resource"', '"resorce"').join(),
      /`kind` is one of .* Did you mean `resource`\?/,
    );
    assert.match(
      edit("template.json", '"bucket-name"', '"bucketname"').join(),
      /`type` is one of .* Did you mean `bucket-name`\?/,
    );
    assert.match(edit("template.json", /"title": "Bucket that.*",/, "").join(), /`title` is missing/);
    assert.match(
      edit("template.json", '"remember": false', '"remember": "no"').join(),
      /`remember` is true or false/,
    );
    assert.match(
      edit("template.json", '"example"', '"exmaple"').join(),
      /`exmaple` means nothing here\. Did you mean `example`\?/,
    );
  });

  it("has a file that is no JSON", () => {
    assert.match(
      edit("bucket-policy.json", '"Statement": [', '"Statement" [').join(),
      /bucket-policy\.json .*is not valid JSON here/,
    );
  });
});

describe("the difference of two texts", () => {
  it("shows what goes and what comes, with a little around", () => {
    const text = (lines: string) => `${lines.split("").join("\n")}\n`;
    assert.equal(lineDiff(text("abcdefgh"), text("abcdXfgh")), "  …\n  c\n  d\n- e\n+ X\n  f\n  g\n  …\n");
    assert.equal(lineDiff(text("abc"), text("bcd")), "- a\n  b\n  c\n+ d\n");
    assert.equal(lineDiff("a\n", "b\n"), "- a\n+ b\n");
    assert.equal(lineDiff("", "a\nb\n"), "+ a\n+ b\n");
  });

  it("is none where lines only end differently", () => {
    assert.equal(lineDiff("a\nb\n", "a\r\nb\r\n"), undefined);
    assert.equal(lineDiff("a\n", "a"), undefined);
  });
});
