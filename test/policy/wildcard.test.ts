/** Wildcards against brute force: a claim about two patterns is checked on every short word. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coversPattern, matchesPattern, patternsOverlap } from "../../server/src/policy/wildcard.js";

const words = upTo(["a", "b"], 6);
const patterns = upTo(["a", "b", "*", "?"], 4);
const matches = new Map(
  patterns.map((pattern) => [pattern, words.map((word) => byRegExp(pattern).test(word))]),
);

describe("wildcards", () => {
  it("match as a regular expression of the same meaning does", () => {
    for (const pattern of patterns) {
      words.forEach(
        (word, i) =>
          void assert.equal(matchesPattern(pattern, word), matches.get(pattern)?.[i], `${pattern} ${word}`),
      );
    }
  });

  it("cover only what they match, and everything that short words can tell", () => {
    let covered = 0;
    for (const wide of patterns) {
      for (const narrow of patterns) {
        const truth = matches.get(narrow)!.every((it, i) => !it || matches.get(wide)![i]);
        const claim = coversPattern(wide, narrow);
        assert.ok(truth || !claim, `${wide} does not cover ${narrow}`);
        if (claim) covered++;
      }
    }
    assert.ok(covered > patterns.length);
    assert.equal(coversPattern("s3:Get*", "s3:GetObject*"), true);
    assert.equal(coversPattern("s3:Get*Acl", "s3:GetObject*"), false);
    assert.equal(coversPattern("a*b?", "ab*bb"), true);
    assert.equal(coversPattern("a", "a*"), false);
  });

  it("overlap when some word matches both", () => {
    for (const a of patterns) {
      for (const b of patterns) {
        const truth = matches.get(a)!.some((it, i) => it && matches.get(b)![i]);
        assert.equal(patternsOverlap(a, b), truth, `${a} and ${b}`);
      }
    }
  });
});

function upTo(alphabet: readonly string[], length: number): string[] {
  const all = [""];
  for (let from = 0, size = 0; size < length; size++) {
    const to = all.length;
    for (; from < to; from++) all.push(...alphabet.map((letter) => all[from] + letter));
  }
  return all;
}

function byRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}
