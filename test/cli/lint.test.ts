/** The command line as a terminal or a workflow sees it: what it prints, what it writes, how it exits. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { reasonOf } from "../../server/src/cli/read-text.js";
import { cli, folder } from "./cli.js";

const GOOD =
  '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }]\n}\n';
const BROKEN = GOOD.replace('"Allow",', '"Allow"');
/** With the character that stands for unreadable ones in front, which may be written as well. */
const LATIN = Buffer.concat([
  Buffer.from('{\n  "Id": "\ufffd sch'),
  Buffer.from([0xf6]),
  Buffer.from(
    'n",\n  "Statement": [{ "Effect": "Allow", "Action": ["s3:*", "s3:*"], "Resource": "*" }]\n}\n',
  ),
]);
const ENGINEER = readFileSync("examples/workspace/policies/engineer_access.json", "utf8");

describe("iam-policy lint", () => {
  it("repairs no file of which it cannot read a part", async () => {
    write("kept.json", LATIN);
    await cli("lint", "--fix", "kept.json");
    assert.deepEqual(readFileSync(join(folder, "kept.json")), LATIN);
  });

  it("reports the missing comma of the engineer policy with the lines around it, and what stands behind it", async () => {
    write("engineer_access.json", ENGINEER);
    const { code, out } = await cli("lint", "engineer_access.json");
    assert.equal(code, 1);
    assert.match(out, /engineer_access\.json:79:43 error missing-comma\n {2}Missing comma\./);
    assert.match(out, /79 │ +"iam:GetAccessKeyLastUsed"\n +│ +\^/);
    assert.match(out, /fix: Insert the comma/);
    assert.ok(out.match(/engineer_access\.json:\d+/g)!.length > 1, "only the comma was found");
  });

  it("prints JSON in the agreed form", async () => {
    write("broken.json", BROKEN);
    const { out } = await cli("lint", "broken.json", "--format", "json");
    const report = JSON.parse(out);
    assert.equal(report.version, 1);
    const [file] = report.files;
    assert.deepEqual([file.path, file.kind], ["broken.json", "identity"]);
    const offset = BROKEN.indexOf('"Allow"') + '"Allow"'.length;
    const place = { line: 2, character: offset - BROKEN.indexOf('  "Statement"'), offset };
    assert.deepEqual(file.findings[0], {
      rule: "missing-comma",
      accessAnalyzer: "JSON_SYNTAX_ERROR",
      severity: "error",
      message: "Missing comma.",
      start: place,
      end: place,
      pointer: "/Statement/0/Effect",
      fixes: [{ title: "Insert the comma", safe: true }],
    });
    assert.deepEqual([report.summary.files, report.summary.error], [1, 1]);
  });

  it("repairs what is safe, and then JSON.parse takes it", async () => {
    write("fix.json", ENGINEER);
    const { code } = await cli("lint", "fix.json", "--fix");
    const fixed = read("fix.json");
    assert.doesNotThrow(() => JSON.parse(fixed));
    assert.match(fixed, /"iam:GetAccessKeyLastUsed",\n/);
    const removed = ENGINEER.split("\n").filter((line) => !fixed.includes(line.trim().replace(/,$/, "")));
    assert.deepEqual(removed, [], "the repair took something away");
    assert.notEqual(code, 2);
  });

  it("leaves a file alone that has nothing to repair", async () => {
    write("good.json", GOOD);
    const { code, out } = await cli("lint", "good.json", "--fix");
    assert.equal(read("good.json"), GOOD);
    assert.deepEqual([code, out], [0, "1 file: nothing found.\n"]);
  });

  it("reads standard input as if it were a file, and prints the repaired text with --fix", async () => {
    const { code, out } = await cli(
      { input: BROKEN },
      "lint",
      "--stdin-file-path",
      "some/policy.json",
      "--format",
      "json",
    );
    assert.equal(JSON.parse(out).files[0].path, "some/policy.json");
    assert.equal(code, 1);
    const fixed = await cli({ input: BROKEN }, "lint", "--stdin-file-path", "policy.json", "--fix");
    assert.deepEqual([fixed.code, fixed.out, fixed.err], [0, GOOD, "1 file: nothing found.\n"]);
  });

  it("fails on the severity that was asked for", async () => {
    write(
      "warned.json",
      GOOD.replace('"Version": "2012-10-17",', '"Version": "2012-10-17", "Version": "2012-10-17",'),
    );
    write("broken.json", BROKEN);
    assert.equal((await cli("lint", "broken.json", "--fail-on", "hint")).code, 1);
    assert.equal((await cli("lint", "good.json", "--fail-on", "hint")).code, 0);
  });

  it("annotates pull requests on GitHub", async () => {
    write("broken.json", BROKEN);
    const { out } = await cli("lint", "broken.json", "--format", "github");
    assert.match(
      out,
      /^::error file=broken\.json,line=3,endLine=3,col=\d+,endColumn=\d+,title=missing-comma::Missing comma\.$/m,
    );
  });

  it("writes SARIF with columns from 1, rule help and fixes", async () => {
    write("broken.json", BROKEN);
    const { out } = await cli("lint", "broken.json", "--format", "sarif");
    const [log] = JSON.parse(out).runs;
    assert.equal(log.columnKind, "utf16CodeUnits");
    const [result] = log.results;
    assert.equal(log.tool.driver.rules[result.ruleIndex].id, "missing-comma");
    const { region } = result.locations[0].physicalLocation;
    assert.equal(region.startLine, 3);
    assert.equal(
      BROKEN.split("\n")[2]!
        .slice(0, region.startColumn - 1)
        .endsWith('"Allow"'),
      true,
    );
    assert.equal(result.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, ",");
  });

  it("searches folders for policies by content, and skips what others own", async () => {
    write("tree/a/policy.json", GOOD);
    write("tree/a/package.json", '{ "name": "statement" }');
    write("tree/node_modules/x/policy.json", GOOD);
    write("tree/template.json", `{ "Resources": { "P": { "Properties": { "PolicyDocument": ${GOOD} } } } }`);
    const { out } = await cli("lint", "tree", "--format", "json");
    assert.deepEqual(
      JSON.parse(out).files.map(({ path }: { path: string }) => path),
      ["tree/a/policy.json", "tree/template.json"],
    );
  });

  it("passes over snapshots in folders, whose policies are copies, and repairs nothing in them; named ones are checked", async () => {
    const snapshot = `{ "UserDetailList": [], "Policies": [{ "PolicyName": "p", "PolicyVersionList": [{ "VersionId": "v1", "IsDefaultVersion": true, "Document": ${BROKEN.trim()} }] }] }`;
    write("observed/snapshot.json", snapshot);
    write("observed/p.json", GOOD);
    const { code, out } = await cli("lint", "observed", "--fix");
    assert.deepEqual([code, out], [0, "1 file: nothing found.\n"]);
    assert.equal(read("observed/snapshot.json"), snapshot);
    assert.match((await cli("lint", "observed/snapshot.json")).out, /missing-comma/);
  });

  it("uses the nearest configuration, or the one that is named", async () => {
    write("configured/policy.json", BROKEN);
    write("configured/iam-policy.config.json", '{ "rules": { "missing-comma": "off" } } // agreed');
    assert.equal((await cli("lint", "configured")).code, 0);
    write("other.json", '{ "rules": { "missing-comma": "info" } }');
    assert.equal((await cli("lint", "configured", "--config", "other.json")).code, 0);
    write("configured/ignoring/iam-policy.config.json", '{ "ignore": ["generated/**"] }');
    write("configured/ignoring/generated/policy.json", BROKEN);
    assert.match((await cli("lint", "configured/ignoring")).err, /No policy was found/);
  });

  it("suppresses a finding where the configuration says so, and only there", async () => {
    write("suppressed/policy.json", BROKEN);
    const suppress = (more: object) => {
      const suppression = { rule: "missing-comma", file: "policy.json", reason: "as agreed", ...more };
      write("suppressed/iam-policy.config.json", JSON.stringify({ suppressions: [suppression] }));
      return cli("lint", "suppressed").then(({ code }) => code);
    };
    assert.equal(await suppress({}), 0);
    assert.equal(await suppress({ sid: "Read" }), 0);
    assert.equal(await suppress({ sid: "Write" }), 1);
    assert.equal(await suppress({ pointer: "/Statement/0" }), 0);
    assert.equal(await suppress({ pointer: "/Statement/1" }), 1);
    assert.equal(await suppress({ expires: "2020-01-01" }), 1);
    assert.equal(await suppress({ reason: " " }), 2);
  });
});

describe("iam-policy lint --baseline", () => {
  it("records what is found today, and shows only what is new", async () => {
    write("old/policy.json", BROKEN);
    const recorded = await cli("lint", "old", "--baseline");
    assert.equal(recorded.code, 0);
    assert.match(
      recorded.out,
      /^Recorded in iam-policy\.baseline\.json: 1 finding\. Only new ones are shown/,
    );
    assert.deepEqual((await cli("lint", "old")).out, "1 file: nothing found.\n");
    // The same mistake at another place of the text is still the old one; a second one is new.
    write("old/policy.json", `\n\n${BROKEN}`);
    assert.equal((await cli("lint", "old")).code, 0);
    write("old/policy.json", BROKEN.replace('"Read",', '"Read"'));
    const { code, out } = await cli("lint", "old");
    assert.equal(code, 1);
    assert.equal(out.match(/missing-comma/g)?.length, 1);
    rmSync(join(folder, "iam-policy.baseline.json"));
  });

  it("lies beside the configuration", async () => {
    write("both/iam-policy.config.json", "{}");
    write("both/deep/policy.json", BROKEN);
    assert.match((await cli("lint", "both", "--baseline")).out, /in both\/iam-policy\.baseline\.json/);
    assert.equal(JSON.parse(read("both/iam-policy.baseline.json")).findings[0].file, "deep/policy.json");
    assert.equal((await cli("lint", "both")).code, 0);
  });
});

describe("suppressions", () => {
  it("are reported when they have expired or hold back nothing", async () => {
    write("stale/policy.json", GOOD);
    const suppression = { rule: "missing-comma", file: "policy.json", reason: "as agreed" };
    const config = {
      suppressions: [
        suppression,
        { ...suppression, expires: "2020-01-01" },
        { ...suppression, file: "x.json" },
      ],
    };
    write("stale/iam-policy.config.json", JSON.stringify(config));
    const { code, err } = await cli("lint", "stale");
    assert.equal(code, 0);
    assert.deepEqual(
      err
        .trim()
        .split("\n")
        .map((line) => line.replace(/^[^ ]+ /, "")),
      [
        "This suppression of `missing-comma` holds back no finding any more.",
        "This suppression of `missing-comma` expired on 2020-01-01: the finding shows again.",
      ],
    );
    assert.match(err, /^stale\/iam-policy\.config\.json:1:18: /);
  });

  it("are left alone as long as a file that they are about was not looked at", async () => {
    const suppression = (file: string) => ({ rule: "missing-comma", file, reason: "as agreed" });
    const suppressions = ["policies/*.json", "other.json", "policies/good.json"].map(suppression);
    write("part/iam-policy.config.json", JSON.stringify({ suppressions }));
    write("part/policies/good.json", GOOD);
    write("part/policies/other.json", BROKEN);
    const stale = async (path: string) => (await cli("lint", path)).err.match(/no finding any more/g)?.length;
    assert.equal(await stale("part/policies/good.json"), 1);
    assert.equal(await stale("part/policies/other.json"), undefined);
    rmSync(join(folder, "part/policies/other.json"));
    assert.equal(await stale("part"), 2);
  });
});

it("iam-policy help COMMAND is iam-policy COMMAND --help", async () => {
  assert.deepEqual(await cli("help", "lint"), await cli("lint", "--help"));
  assert.deepEqual(await cli("help"), await cli("--help"));
  assert.match((await cli("help", "lnt")).err, /no command lnt\. Did you mean lint\?/);
});

describe("bad input", () => {
  const cases: readonly {
    readonly title: string;
    readonly args: readonly string[];
    readonly says: RegExp;
    prepare?: () => void;
  }[] = [
    { title: "no command", args: [], says: /usage: iam-policy COMMAND/ },
    { title: "an unknown command", args: ["lnt"], says: /no command lnt\. Did you mean lint\?/ },
    {
      title: "an unknown flag",
      args: ["lint", "--formt", "json"],
      says: /no flag --formt\. Did you mean --format\?/,
    },
    { title: "a flag that is like none", args: ["lint", "--bogus"], says: /no flag --bogus\. --help lists/ },
    { title: "a flag without its value", args: ["lint", "--format"], says: /--format needs a value/ },
    {
      title: "an unknown format",
      args: ["lint", "--format", "xml"],
      says: /--format is one of text, json, sarif, github, not xml/,
    },
    {
      title: "an unknown kind",
      args: ["lint", "--kind", "bucket"],
      says: /--kind is one of identity, .* not bucket/,
    },
    {
      title: "a path that is not there",
      args: ["lint", "nowhere.json"],
      says: /nowhere\.json: there is no such file/,
    },
    {
      title: "an empty file",
      args: ["lint", "empty.json"],
      says: /The document is empty/,
      prepare: () => write("empty.json", ""),
    },
    {
      title: "a folder without policies",
      args: ["lint", "nothing"],
      says: /No policy was found in nothing/,
      prepare: () => mkdirSync(join(folder, "nothing"), { recursive: true }),
    },
    {
      title: "JSON that is no policy",
      args: ["lint", "other-json.json"],
      says: /other-json\.json: no policy was found in this file.*--kind/,
      prepare: () => write("other-json.json", '{ "name": "x" }'),
    },
    {
      title: "a binary file",
      args: ["lint", "picture.json"],
      says: /picture\.json: this is a binary file/,
      prepare: () => write("picture.json", Buffer.from([0x89, 0x50, 0, 1])),
    },
    {
      title: "a binary file without zeros",
      args: ["lint", "noise.json"],
      says: /noise\.json: this is a binary file/,
      prepare: () => write("noise.json", Buffer.from([0x89, 0x50, 0xff, 1])),
    },
    {
      title: "a file in Latin-1",
      args: ["lint", "--fix", "latin.json"],
      says: /latin\.json:2:15: this is not UTF-8 from here on\. Save the file as UTF-8\./,
      prepare: () => write("latin.json", LATIN),
    },
    {
      title: "a policy in Latin-1 that is found in a folder",
      args: ["lint", "--fix", "mixed"],
      says: /latin\.json:2:15: this is not UTF-8/,
      prepare: () => {
        mkdirSync(join(folder, "mixed"), { recursive: true });
        write("mixed/latin.json", LATIN);
        write("mixed/prose.md", Buffer.from("Statement: sch\u00f6n", "latin1"));
      },
    },
    {
      title: "a file in UTF-16",
      args: ["lint", "utf16.json"],
      says: /utf16\.json: this file is in UTF-16\. Save it as UTF-8/,
      prepare: () => write("utf16.json", Buffer.from(`\ufeff${GOOD}`, "utf16le")),
    },
    {
      title: "a file of 50 MB",
      args: ["lint", "huge.json"],
      says: /huge\.json: 50 MB is too long for a policy/,
      prepare: () => write("huge.json", Buffer.alloc(50_000_000, 32)),
    },
    {
      title: "a configuration that is broken",
      args: ["lint", "good.json", "--config", "bad.config.json"],
      says: /bad\.config\.json:1:12: `strikt` is not one of `aws`, `recommended`, `strict`/,
      prepare: () => write("bad.config.json", '{"preset": "strikt"}'),
    },
    {
      title: "a configuration that is not there",
      args: ["lint", "good.json", "--config", "gone.json"],
      says: /gone\.json: there is no such file/,
    },
    {
      title: "a rule that does not exist",
      args: ["explain", "missing-coma"],
      says: /no rule missing-coma\. Did you mean missing-comma\?/,
    },
    {
      title: "two rules at once",
      args: ["explain", "missing-comma", "missing-colon"],
      says: /One rule at a/,
    },
    { title: "a word too much", args: ["journal", "acme"], says: /`acme` means nothing here/ },
    { title: "a dash", args: ["lint", "-"], says: /needs a name: .* --stdin-file-path policy\.json/ },
    {
      title: "standard input and a path",
      args: ["lint", "--stdin-file-path", "policy.json", "policies"],
      says: /Standard input is checked alone: leave out policies/,
    },
    { title: "explain without a rule", args: ["explain"], says: /Which rule\?/ },
  ];
  for (const { title, args, says, prepare } of cases) {
    it(title, async () => {
      prepare?.();
      const { code, out, err } = await cli(...args);
      assert.match(out + err, says);
      assert.equal(code, title === "an empty file" ? 1 : 2);
    });
  }

  it("a path that cannot be", async () => {
    write("good.json", GOOD);
    const { code, err } = await cli("lint", "good.json/inside.json");
    assert.match(err, /inside\.json: (?:this file cannot be read|there is no such file)/);
    assert.equal(code, 2);
    assert.equal(reasonOf({ code: "EACCES" }), "you may not read this file.");
  });

  it("names every unreadable file and still checks the others", async () => {
    write("mixed/broken.json", BROKEN);
    write("mixed/utf16.json", Buffer.from(`\ufeff${GOOD}`, "utf16le"));
    const { code, out, err } = await cli("lint", "mixed");
    assert.match(err, /mixed\/utf16\.json/);
    assert.match(out, /mixed\/broken\.json:3/);
    assert.equal(code, 2);
  });
});

describe("iam-policy explain", () => {
  it("prints a rule's page, by our name and by Access Analyzer's", async () => {
    const { code, out } = await cli("explain", "missing-comma");
    assert.equal(code, 0);
    assert.match(out, /^# missing-comma\n/);
    assert.match(out, /## Why/);
    assert.doesNotMatch(out, /<!--/);
    assert.equal((await cli("explain", "REDUNDANT_ACTION")).code, 0);
  });
});

function write(name: string, content: string | Uint8Array): void {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
}

function read(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}
