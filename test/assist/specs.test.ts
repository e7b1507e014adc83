/** Every Markdown spec beside this file: what is offered for a policy, as text. */
import assert from "node:assert/strict";
import { basename } from "node:path";
import { describe, it } from "node:test";
import { globSync } from "../../tools/glob.mjs";
import { readCases } from "./cases.js";
import { offered } from "./offered.js";

const ASKED =
  /^(?:outline|sentences|folds|selections|links|lenses|offers|done: .+|hints: .+|tooltips: .+|tokens|marked|renamed: .+|refused: .+)$/;
const files = [
  "outline",
  "sentences",
  "folding",
  "selection",
  "links",
  "semantic-tokens",
  "occurrences",
  "inlay-hints",
  "code-lens",
  "refactorings",
  "hosts",
];

for (const file of files) {
  describe(file, () => {
    const cases = readCases(`test/assist/${file}.md`, ASKED);
    it("has cases", () => assert.ok(cases.length > 0));
    for (const each of cases) {
      for (const [asked, expected] of each.expected) {
        it(`${each.title}: ${asked}`, () => assert.equal(offered(each, asked), expected));
      }
    }
  });
}

it("reads every spec that lies here", () => {
  const lying = globSync("test/assist", /^test\/assist\/[a-z-]+\.md$/).map((path) => basename(path, ".md"));
  const elsewhere = ["format"];
  assert.deepEqual(
    lying.filter((it) => !files.includes(it) && !elsewhere.includes(it)),
    [],
  );
});
