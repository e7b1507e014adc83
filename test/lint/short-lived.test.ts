/** What is remembered of documents, such as the shapes of their statements and the words of their actions, keeps none of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { realCatalogue } from "../catalogue/real.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const MEGABYTE = 2 ** 20;
const ELEMENTS = ["Sid", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource"];

test("linted documents are forgotten, however new what stands in them is", () => {
  const configuration = defaultConfiguration(rules);
  const catalogue = realCatalogue();
  const lint = (text: string) => {
    analyse({ text, language: "json", path: "policy.json", configuration, catalogue, today: "2026-01-01" });
  };
  for (let round = 0; round < 3; round++) lint(policy(0));
  collect();
  const before = process.memoryUsage().heapUsed;
  const documents = 2 ** ELEMENTS.length;
  for (let shape = 1; shape < documents; shape++) lint(policy(shape));
  collect();
  const grown = (process.memoryUsage().heapUsed - before) / MEGABYTE;
  // Each of their trees takes half a megabyte.
  assert.ok(grown < 15, `${documents} documents leave ${grown.toFixed(1)} MB`);
});

/** One statement with the elements that the bits of the number choose, and many that are the same in all. */
function policy(chosen: number): string {
  const elements = ELEMENTS.filter((_, bit) => (chosen & (1 << bit)) !== 0).map((name) => [
    name,
    `${name}${chosen}:*`,
  ]);
  const usual = Array.from({ length: 250 }, (_, at) => ({
    Sid: `Part${at}`,
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: [`arn:aws:s3:::assets/${at}/*`],
  }));
  const statements = [Object.fromEntries([["Effect", "Deny"], ...elements]), ...usual];
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
