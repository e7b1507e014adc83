import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { best } from "../../server/src/assist/completion/best.js";

it("the best are what sorting puts first, equal ones in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 1, max: 9 }), (scores, most) => {
      const kept = best<number>(most);
      for (const [at, score] of scores.entries()) kept.add(at, score);
      const sorted = scores.map((score, value) => ({ value, score })).sort((a, b) => b.score - a.score);
      assert.deepEqual(kept.found, sorted.slice(0, most));
    }),
  );
});
