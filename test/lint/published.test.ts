/**
 * Policies of the shapes that AWS publishes: its documentation, its samples of SCPs and RCPs, data perimeters.
 * Good authors wrote those, so none of them may draw an error. The kind is told as for any file.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { defaultConfiguration, readConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import type { PolicyKind } from "../../server/src/policy/words.js";
import { pathAt, toPointer } from "../../server/src/syntax/tree.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";
import { readSpec } from "./spec.js";

const configuration = defaultConfiguration(rules);

describe("policies as AWS publishes them", () => {
  const files = globSync("test/lint/published", /\.json$/);
  const specs = globSync("test/lint/published/by-kind", /\.md$/);
  it("are here", () => assert.ok(files.length > 20 && specs.length > 0));

  for (const path of files) {
    it(path.replace(/^.*\//, ""), () => hasNoError(readFileSync(path, "utf8"), path));
  }
  for (const path of specs) {
    describe(path.replace(/^.*\//, ""), () => {
      for (const { title, input, scene } of readSpec(readFileSync(path, "utf8")))
        it(title, () => hasNoError(input, "policy.json", scene.kind as PolicyKind | undefined));
    });
  }
});

it("AWS's published answer about a trust policy is ours too", () => {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "",
        Effect: "Allow",
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-west-2_EXAMPLE" } },
      },
    ],
  });
  const { findings, document } = analyse({
    text,
    language: "json",
    path: "policy.json",
    configuration: readConfiguration('{ "preset": "aws" }', rules).configuration,
    catalogue: realCatalogue(),
    today: "2026-11-22",
  });
  // In the AWS CLI's reference of `validate-policy`.
  assert.deepEqual(
    findings.map((it) => [it.rule.accessAnalyzer, toPointer(pathAt(document.tree.root, it))]),
    [
      ["EMPTY_SID_VALUE", "/Statement/0/Sid"],
      ["MISMATCHED_ACTION_FOR_PRINCIPAL", "/Statement/0/Action/0"],
      ["UNSUPPORTED_ACTION_FOR_CONDITION_KEY", "/Statement/0/Action/1"],
    ],
  );
});

function hasNoError(text: string, path: string, kind?: PolicyKind): void {
  const { findings, policies } = analyse({
    text,
    language: "json",
    path,
    configuration,
    catalogue: realCatalogue(),
    kind,
    today: "2026-11-22",
  });
  assert.equal(policies.length, 1);
  const errors = findings.filter(({ severity }) => severity === "error");
  assert.deepEqual(
    errors.map(({ rule, message }) => `${rule.name}: ${message}`),
    [],
  );
}
