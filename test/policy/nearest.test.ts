/** The edit distance that looks only near the diagonal is the one that looks everywhere. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { distance, nearest } from "../../server/src/policy/nearest.js";
import { randomNumbers } from "../random.js";

/** Word for word the definition: optimal string alignment. */
function plainly(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const steps = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push(at(i - 2, j - 2) + 1);
      (table[i] as number[])[j] = Math.min(...steps);
    }
  return at(a.length, b.length);
}

function* words(): Generator<string> {
  const random = randomNumbers();
  const next = (below: number) => Math.floor(random() * below);
  for (;;) yield Array.from({ length: next(9) }, () => "abc"[next(3)]).join("");
}

describe("distance", () => {
  it("is the one of the definition, or more than the limit where that is more", () => {
    const source = words();
    const word = () => source.next().value as string;
    for (let round = 0; round < 20_000; round++) {
      const [a, b, limit] = [word(), word(), round % 6];
      const real = plainly(a, b);
      assert.equal(distance(a, b), real, `${a} ${b}`);
      assert.equal(distance(a, b, limit), Math.min(real, limit + 1), `${a} ${b} ${limit}`);
    }
  });

  it("takes words of any length", () => {
    assert.equal(distance("x".repeat(500), `${"x".repeat(400)}y`), 100);
    assert.equal(distance("", "x".repeat(300)), 300);
  });
});

describe("nearest", () => {
  it("takes the nearest, the first of equals, and none that is too far", () => {
    assert.equal(nearest("GetObjct", ["PutObject", "GetObject", "GetObjects"]), "GetObject");
    assert.equal(nearest("ab", ["ac", "bb"]), "ac");
    assert.equal(nearest("GetObject", ["ListBuckets"]), undefined);
  });
});
