/**
 * Policies of the shapes that AWS publishes: its documentation, its samples of SCPs and RCPs, data perimeters.
 * Good authors wrote those, so none of them may draw an error. The kind is told as for any file.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";

const configuration = defaultConfiguration(rules);

describe("policies as AWS publishes them", () => {
  const paths = globSync("test/lint/published", /\.json$/);
  it("are here", () => assert.ok(paths.length > 20));

  for (const path of paths) {
    it(path.replace(/^.*\//, ""), () => {
      const text = readFileSync(path, "utf8");
      const { findings, policies } = analyse({
        text,
        language: "json",
        path,
        configuration,
        catalogue: realCatalogue(),
        today: "2026-11-22",
      });
      assert.equal(policies.length, 1);
      const errors = findings.filter(({ severity }) => severity === "error");
      assert.deepEqual(
        errors.map(({ rule, message }) => `${rule.name}: ${message}`),
        [],
      );
    });
  }
});
