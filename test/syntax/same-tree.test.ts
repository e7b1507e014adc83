/** Where JSON is sound, our tree is the one that `jsonc-parser` reads: same values, same spans. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type Node, parseTree } from "jsonc-parser";
import { parseJson } from "../../server/src/syntax/json/parse.js";
import type { ValueNode } from "../../server/src/syntax/tree.js";
import { globSync } from "../../tools/glob.mjs";

const texts = [
  ...globSync("examples", /\.json$/).map((path) => readFileSync(path, "utf8")),
  readFileSync("schemas/policy.schema.json", "utf8"),
  '{"a":[1,-2.5e3,true,false,null,"\\u00e9\\n\\ud83d\\ude00"],"":{},"b":[[],[{}]]}',
  '\r\n [\r\n  "x" ,\t{ "k" : "v" }\r\n ] \r\n',
  '"alone"',
  "12",
].filter((text) => parseJson(text).problems.length === 0);

describe("sound JSON", () => {
  it("reads as jsonc-parser reads it", () => {
    assert.ok(texts.length > 8);
    for (const text of texts) compare(parseJson(text).root, parseTree(text), text);
  });

  it("reads with comments and trailing commas where the language has them", () => {
    const text = '// first\n{ "a": [1, 2,], /* between */ "b": { "c": "d", }, }\n';
    const { root, problems } = parseJson(text, { comments: true, trailingCommas: true });
    assert.deepEqual(problems, []);
    compare(root, parseTree(text, [], { allowTrailingComma: true }), text);
  });
});

function compare(ours: ValueNode | undefined, theirs: Node | undefined, text: string): void {
  assert.equal(ours?.type, theirs?.type, text.slice(theirs?.offset));
  if (ours === undefined || theirs === undefined) return;
  assert.deepEqual([ours.start, ours.end], [theirs.offset, theirs.offset + theirs.length]);
  if (ours.type === "object") {
    assert.equal(ours.members.length, theirs.children?.length);
    ours.members.forEach((member, index) => {
      const [key, value] = theirs.children?.[index]?.children ?? [];
      assert.equal(member.key.value, key?.value);
      compare(member.value, value, text);
    });
  } else if (ours.type === "array") {
    assert.equal(ours.items.length, theirs.children?.length ?? 0);
    ours.items.forEach((item, index) => void compare(item, theirs.children?.[index], text));
  } else if ("value" in ours) assert.equal(ours.value, theirs.value);
}
