/** Several policies of one holder, as `iam-policy lint` of a folder finds what they do together. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cli, folder } from "./cli.js";

const allowing = (...Action: readonly string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const FUNCTIONS = allowing("lambda:CreateFunction", "lambda:InvokeFunction");
const DEPLOY = allowing("iam:PassRole");
const ACCOUNT = {
  account: "111122223333",
  policies: { functions: "policies/functions.json", deploy: "policies/deploy.json" },
  users: { ana: { policies: ["functions", "deploy"] } },
};

describe("iam-policy lint of an account", () => {
  it("names the holder, the set and the places in the other files", async () => {
    const { code, out } = await lint("plain", {});
    const [finding, ...others] = joint(out);
    assert.deepEqual([code, others], [0, []]);
    assert.ok(finding !== undefined);
    assert.equal(finding.file, "plain/iam-account.json");
    assert.equal(finding.pointer, "/users/ana/policies/1");
    assert.match(
      finding.message,
      /^Together, `functions` and `deploy` let `user\/ana` .*`iam:PassRole` with /,
    );
    const text = JSON.stringify(FUNCTIONS, null, 2);
    const line = text.split("\n").findIndex((it) => it.includes("lambda:CreateFunction"));
    assert.deepEqual(
      finding.related.map((it) => [it.path, it.message]),
      [
        ["plain/policies/functions.json", "`functions` allows `lambda:CreateFunction`."],
        ["plain/policies/functions.json", "`functions` allows `lambda:InvokeFunction`."],
        ["plain/policies/deploy.json", "`deploy` allows `iam:PassRole`."],
      ],
    );
    assert.deepEqual(finding.related[0]?.start, {
      line,
      character: 8,
      offset: text.indexOf('"lambda:CreateFunction"'),
    });
  });

  it("shows the places in the other files to people and to SARIF", async () => {
    await lint("shown", {});
    const { out } = await cli("lint", "shown/iam-account.json");
    assert.match(out, /shown\/policies\/deploy\.json:\d+:\d+ `deploy` allows `iam:PassRole`\./);
    const sarif = JSON.parse((await cli("lint", "shown/iam-account.json", "--format", "sarif")).out);
    const related = sarif.runs[0].results[0].relatedLocations;
    assert.deepEqual(
      related.map((it: RelatedLocation) => it.physicalLocation.artifactLocation.uri),
      ["shown/policies/functions.json", "shown/policies/functions.json", "shown/policies/deploy.json"],
    );
    assert.equal(
      related[2].physicalLocation.region.charOffset,
      JSON.stringify(DEPLOY, null, 2).indexOf('"iam:'),
    );
  });

  it("takes severities, suppressions and baselines as for every other finding", async () => {
    const configured = async (configuration: object) =>
      joint((await lint("configured", { "iam-policy.config.json": configuration })).out);
    assert.equal((await configured({ rules: { "privilege-escalation": "error" } }))[0]?.severity, "error");
    assert.deepEqual(await configured({ rules: { "privilege-escalation": "off" } }), []);
    assert.deepEqual(await configured({ preset: "aws" }), []);
    const suppression = { rule: "privilege-escalation", file: "iam-account.json", reason: "agreed" };
    assert.deepEqual(await configured({ suppressions: [{ ...suppression, pointer: "/users/ana" }] }), []);
    assert.equal((await configured({ suppressions: [{ ...suppression, pointer: "/users/bob" }] })).length, 1);
    await lint("accepted", { "iam-policy.config.json": {} });
    await cli("lint", "accepted", "--baseline");
    assert.deepEqual(joint((await cli("lint", "accepted", "--format", "json")).out), []);
  });

  it("takes AWS's policies from a file, and points at where they are given", async () => {
    const account = {
      ...ACCOUNT,
      users: { ana: { policies: ["arn:aws:iam::aws:policy/Functions", "deploy"] } },
    };
    assert.deepEqual(joint((await lint("aws", { "iam-account.json": account })).out), []);
    write("aws/managed.json", { Functions: FUNCTIONS });
    const { out } = await cli(
      "lint",
      "aws/iam-account.json",
      "--format",
      "json",
      "--managed-policies",
      "aws/managed.json",
    );
    assert.deepEqual(
      joint(out)[0]?.related.map(({ path, message }) => [path, message]),
      [
        ["aws/iam-account.json", "`Functions` allows `lambda:CreateFunction` and `lambda:InvokeFunction`."],
        ["aws/policies/deploy.json", "`deploy` allows `iam:PassRole`."],
      ],
    );
  });

  it("has nothing against comments in an account, nor against one without policies", async () => {
    await lint("comments", {});
    writeFileSync(join(folder, "comments/iam-account.json"), '{ // ours\n  "account": "111122223333",\n}\n');
    assert.deepEqual(await cli("lint", "comments/iam-account.json"), {
      code: 0,
      out: "1 file: nothing found.\n",
      err: "",
    });
  });
});

interface RelatedLocation {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
}

interface Joint {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly pointer: string;
  readonly related: readonly { path: string; message: string; start: object }[];
}

function joint(out: string): readonly Joint[] {
  const { files } = JSON.parse(out) as { files: readonly { path: string; findings: readonly Joint[] }[] };
  return files.flatMap(({ path, findings }) =>
    findings.filter(({ rule }) => rule === "privilege-escalation").map((it) => ({ ...it, file: path })),
  );
}

function lint(place: string, files: Readonly<Record<string, object>>) {
  const all = {
    "iam-account.json": ACCOUNT,
    "policies/functions.json": FUNCTIONS,
    "policies/deploy.json": DEPLOY,
    ...files,
  };
  for (const [name, value] of Object.entries(all)) write(`${place}/${name}`, value);
  return cli("lint", place, "--format", "json");
}

function write(path: string, value: object): void {
  const full = join(folder, path);
  mkdirSync(join(full, ".."), { recursive: true });
  writeFileSync(full, JSON.stringify(value, null, 2));
}
