/** Taking items out of a list: whichever go, the others are left, and so are the comments. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { jsonEdits } from "../../server/src/syntax/json/edits.js";
import { parseJson } from "../../server/src/syntax/json/parse.js";
import { toJson } from "../../server/src/syntax/to-json.js";

const LISTS: Readonly<Record<string, string>> = {
  "on one line": `["arn:aws:s3:::a/*", "b//c", "/*", "d"]`,
  "on lines of their own": `[\n  "arn:aws:s3:::a/*",\n  "b//c",\n  "/*",\n  "d"\n]`,
  "without blanks": `["arn:aws:s3:::a/*","b//c","/*","d"]`,
  "with comments": `[\n  "arn:aws:s3:::a/*", // one, of four\n  /* , */ "b//c",\n  "/*" // three\n  ,\n  "d" // four\n]`,
};

for (const [title, list] of Object.entries(LISTS)) {
  describe(`items ${title}`, () => {
    const { root } = parseJson(list);
    assert.ok(root?.type === "array");
    for (let choice = 1; choice < 2 ** root.items.length; choice++) {
      const leaving = root.items.filter((_, index) => (choice & (1 << index)) !== 0);
      it(`without ${leaving.map((item) => root.items.indexOf(item) + 1).join(", ")}`, () => {
        const after = applyEdits(list, jsonEdits(list).removeItems(leaving));
        const tree = parseJson(after);
        const left = root.items.filter((item) => !leaving.includes(item)).map(toJson);
        assert.deepEqual(tree.root && toJson(tree.root), left, after);
        const problems = tree.problems.filter(({ code }) => code !== "comment");
        assert.deepEqual(problems, [], after);
        for (const [comment] of list.matchAll(/\/\/ [^\n]+|\/\* , \*\//g))
          assert.ok(after.includes(comment), after);
      });
    }
  });
}
