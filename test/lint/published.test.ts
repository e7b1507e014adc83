/**
 * Policies of the shapes that AWS publishes: its documentation, its samples of SCPs and RCPs, data perimeters.
 * Good authors wrote those, so none of them may draw an error. The kind is told as for any file.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import type { PolicyKind } from "../../server/src/policy/words.js";
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
