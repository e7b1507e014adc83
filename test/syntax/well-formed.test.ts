/** What reads sound JSON fast makes the tree that the forgiving parser makes, and leaves to that whatever is not sound. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { MAX_DEPTH, parseForgiving, parseJson } from "../../server/src/syntax/json/parse.js";
import { readWellFormed } from "../../server/src/syntax/json/well-formed.js";
import { globSync } from "../../tools/glob.mjs";
import { readSpec } from "../lint/spec.js";

const policies = globSync("test/lint", /\/[a-z]+\/[a-z0-9-]+\.md$/).flatMap((path) =>
  readSpec(readFileSync(path, "utf8")).map(({ input }) => input),
);

describe("JSON in which nothing is wrong", () => {
  it("makes the same tree either way, however a policy is cut, and whatever stands in it", () => {
    const bits = [
      ..."{}[]:,\"'\\ \t\r\n0-1.e%",
      "",
      "true",
      "nul",
      "é",
      "\ufeff",
      "\u0000",
      "\u007f",
      "\ud800",
    ];
    let fast = 0;
    let at = 0;
    for (const policy of policies) {
      const texts = [policy, policy.slice(0, at % policy.length)];
      for (const bit of bits) {
        at = (at * 31 + 7) % policy.length;
        texts.push(
          policy.slice(0, at) + bit + policy.slice(at),
          policy.slice(0, at) + bit + policy.slice(at + 1),
        );
      }
      for (const text of texts) {
        if (readWellFormed(text, undefined, MAX_DEPTH) === undefined) continue;
        fast++;
        assert.deepEqual(parseJson(text), { ...parseForgiving(text), isPlain: true }, text);
      }
    }
    assert.ok(fast > 5_000, String(fast));
  });

  const sound: readonly string[] = [
    "{}",
    " [ ] ",
    '\t{\r\n"a" :"b" , "a":[ 1 , -2.5E+3 , 0 ,true,false , null,{}, []]\r}\n',
    '{"":""}',
    `{"long":"${"x".repeat(500)}"}`,
    `${"[".repeat(MAX_DEPTH)}${"]".repeat(MAX_DEPTH)}`,
    `["${"x".repeat(300_000)}"]`,
  ];
  for (const text of sound)
    it(`reads ${text.slice(0, 60)}`, () => {
      assert.notEqual(readWellFormed(text, undefined, MAX_DEPTH), undefined);
      assert.deepEqual(parseJson(text), { ...parseForgiving(text), isPlain: true });
    });

  const others: readonly string[] = [
    "",
    '"alone"',
    "12",
    "{",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    "[1,]",
    "[,1]",
    "[1 2]",
    "[01]",
    "[1.]",
    "[-]",
    "[True]",
    "[nul]",
    '["a]',
    '["a\\n"]',
    '["a\tb"]',
    "['a']",
    '["a"b]',
    "[1]x",
    "{} // done",
    "\ufeff{}",
    "[\u00a01]",
    '["é"]',
    '["a\u0000"]',
    "[1\u0000]",
    '["%7B%22a%22%3A1%7D"]',
    `${"[".repeat(MAX_DEPTH + 1)}${"]".repeat(MAX_DEPTH + 1)}`,
  ];
  for (const text of others)
    it(`leaves ${JSON.stringify(text).slice(0, 60)} to the parser`, () => {
      assert.equal(readWellFormed(text, undefined, MAX_DEPTH), undefined);
    });
});
