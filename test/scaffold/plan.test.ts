/** What is there already when a template comes: nothing is overwritten, and it is all or nothing. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lineDiff } from "../../server/src/scaffold/line-diff.js";
import { readTemplate } from "../../server/src/scaffold/read-template.js";
import { type Folder, plan, scaffolded, shipped, template, write } from "./site.js";

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

  it("says that a bucket has one policy, and what to do", () => {
    const folder = scaffolded("bucket-tls-only");
    folder.set(
      "iam-account.json",
      folder.get("iam-account.json")!.replace(/policies\/[^"]+/, "policies/mine.json"),
    );
    assert.deepEqual(states(folder, "bucket-tls-only").conflicts, [
      "iam-account.json /buckets/one-tls-only: The bucket `one-tls-only` is there already, and says `policies/mine.json` where this would say `policies/one-tls-only-bucket-policy.json`. A bucket has one policy: choose another bucket, or add the template's statements to that policy by hand.",
    ]);
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
