/** Differences of texts by lines, as small pictures, and what holds for all of them. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { lineDiff } from "../../../server/src/account/change/line-diff.js";

const CASES: readonly (readonly [name: string, before: string, after: string, drawn: string])[] = [
  ["nothing", "a b c", "a b c", ""],
  ["all that is there", "", "a b", "+a +b"],
  ["all that was there", "a b", "", "-a -b"],
  ["a line in the middle", "a b c", "a x c", " a -b +x  c"],
  ["one more line", "a b", "a x b", " a +x  b"],
  ["lines that stay between two changes", "a b c d e", "x b c d y", "-a +x  b  c  d -e +y"],
  ["far lines are left out", "1 2 3 4 5 6 7 8 9", "1 2 3 4 x 6 7 8 9", "…  3  4 -5 +x  6  7 …"],
  ["once between two changes", "a 1 2 3 4 5 6 b", "x 1 2 3 4 5 6 y", "-a +x  1  2 …  5  6 -b +y"],
];

describe("differences by lines", () => {
  for (const [name, before, after, drawn] of CASES) {
    it(name, () => {
      const text = (words: string) => words.split(" ").join("\n");
      const lines = lineDiff(text(before), text(after)).map((line) =>
        line.sign === "…" ? "…" : line.sign + line.text,
      );
      assert.equal(lines.join(" "), drawn);
    });
  }

  it("take away exactly what was there, and add exactly what is", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before.join("\n"), after.join("\n"));
        const count = (list: readonly string[], word: string) => list.filter((it) => it === word).length;
        const signed = (sign: string) => lines.filter((it) => it.sign === sign).map((it) => it.text);
        for (const word of ["a", "b", "c", "d"]) {
          const change = count(signed("+"), word) - count(signed("-"), word);
          assert.equal(change, count(after, word) - count(before, word));
        }
        assert.ok(lines.every(({ sign }) => sign !== "…") || lines.some(({ sign }) => sign === " "));
      }),
    );
  });
});
