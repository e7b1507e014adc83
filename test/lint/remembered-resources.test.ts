/**
 * What the engine remembers of resources hides nothing: every rule decides by a resource's text alone whether it has
 * something to say. All specs, once with a memory that other statements about the same resources have filled.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Finding } from "../../server/src/lint/rule.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { POLICY_KINDS, VERSIONS } from "../../server/src/policy/words.js";
import { globSync } from "../../tools/glob.mjs";
import { allOf, lintText, NO_SCENE } from "./lint-text.js";
import { readSpec } from "./spec.js";

const specs = globSync("test/lint", /\.md$/).flatMap((path) => readSpec(readFileSync(path, "utf8")));

/** Stands in a statement of another kind than most, so that what is remembered of a resource comes from elsewhere. */
const FOREIGN = {
  Effect: "Deny",
  NotAction: "sts:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describe("the memory of resources", () => {
  it("hides nothing", () => {
    const remembering = allOf(rules);
    const resources = new Set(
      specs.flatMap(({ input }) => [...input.matchAll(/"(arn:[^"\\\n]*)"/g)].map(([, it]) => it)),
    );
    for (const kind of POLICY_KINDS)
      for (const Version of VERSIONS)
        for (const Resource of resources)
          lintText(remembering, JSON.stringify({ Version, Statement: { ...FOREIGN, Resource } }), {
            ...NO_SCENE,
            kind,
          });
    assert.ok(specs.length > 500 && resources.size > 300);
    for (const { input, scene, title } of specs) {
      if (input.length > 20_000 || Object.keys(scene.variables).length > 0) continue;
      assert.deepEqual(
        lintText(remembering, input, { ...scene, variables: NO_SCENE.variables }).map(plain),
        lintText(rules, input, scene).map(plain),
        `${title}:\n${input}`,
      );
    }
  });
});

function plain({ rule, start, end, message }: Finding): string {
  return `${rule.name} ${start}-${end} ${message}`;
}
