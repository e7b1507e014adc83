/** One text of each kind that patterns tell apart: no kind that short texts have is missing, and no text is there twice. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  foldedElements,
  globElements,
  literalElements,
  textsToldApart,
} from "../../server/src/policy/pattern-classes.js";
import { matchesPattern } from "../../server/src/policy/wildcard.js";

const ROWS: readonly (readonly [patterns: readonly string[], texts: readonly string[]])[] = [
  [[], ["n"]],
  [["a"], ["n", "a"]],
  [
    ["a*", "*b"],
    ["n", "a", "b", "ab"],
  ],
  [
    ["?", "??"],
    ["n", "nn", "nnn"],
  ],
  [["*"], ["n"]],
  [
    ["n*", "x"],
    ["y", "n", "x"],
  ],
];

describe("texts that patterns tell apart", () => {
  for (const [patterns, texts] of ROWS) {
    it(patterns.join(" ") || "no patterns", () => {
      assert.deepEqual(textsToldApart(patterns.map(globElements), globElements("?*")), texts);
    });
  }

  it("keeps to the texts that are asked about", () => {
    assert.deepEqual(textsToldApart([globElements("b/a*")], globElements("?*/?*")), ["n/n", "b/a"]);
    assert.deepEqual(textsToldApart([globElements("b*")], globElements("?*"), "/"), ["n", "b"]);
  });

  it("tells the case of letters apart where it counts", () => {
    const found = textsToldApart([foldedElements("a"), literalElements("a")], globElements("?*"));
    assert.deepEqual(found, ["n", "A", "a"]);
  });

  it("takes a literal star for one", () => {
    assert.deepEqual(textsToldApart([literalElements("*")], globElements("?*")), ["n", "*"]);
  });

  it("misses no kind that a short text has", () => {
    const pattern = fc.stringMatching(/^[ab*?]{1,5}$/);
    const text = fc.stringMatching(/^[abc]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 4 }),
        fc.array(text, { maxLength: 20 }),
        (patterns, texts) => {
          const kindOf = (it: string) => patterns.map((one) => matchesPattern(one, it)).join();
          const found = textsToldApart(patterns.map(globElements), globElements("?*")).map(kindOf);
          assert.equal(new Set(found).size, found.length);
          for (const it of texts) assert.ok(found.includes(kindOf(it)), it);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("gives up on what is too much, and still answers with what short texts show", () => {
    const patterns = Array.from({ length: 40 }, (_, n) => globElements(`*${n}*x*${n * 7}*?`));
    const found = textsToldApart([globElements("a"), ...patterns], globElements("?*"));
    assert.ok(found.includes("a") && found.length >= 2);
  });
});
