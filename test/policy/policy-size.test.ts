/** The size of a policy is the same, whether it is told by the tree or read from the text. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { sizeOf } from "../../server/src/policy/policy-size.js";
import { parseJson } from "../../server/src/syntax/json/parse.js";
import type { ValueNode } from "../../server/src/syntax/tree.js";
import { globSync } from "../../tools/glob.mjs";

const paths = globSync("examples", /\.json$/);
const texts = [
  ...paths.map((path) => readFileSync(path, "utf8")),
  ' { "a" : [ ] , "b" : { } ,\r\n\t"c d" : [ 1 , -2.5 , true , null , [ " x " ] ] , "" : "" } ',
];

describe("the size of a policy", () => {
  it("is that of the text without its white space", () => {
    let plain = 0;
    for (const text of texts) {
      if (!parseJson(text).isPlain) continue;
      plain++;
      const dense = JSON.stringify(JSON.parse(text)).length;
      // Two readings of one text: sizes stay with their nodes.
      assert.equal(sizeOf(text, rootOf(text), true).dense, dense, text);
      assert.equal(sizeOf(text, rootOf(text)).dense, dense, text);
    }
    assert.ok(plain > 10, String(plain));
  });
});

function rootOf(text: string): ValueNode {
  const { root } = parseJson(text);
  assert.ok(root);
  return root;
}
