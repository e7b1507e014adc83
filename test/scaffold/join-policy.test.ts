/** The blocks of `join-policy.md`: a policy, another one, and what becomes of the first. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { joinPolicy } from "../../server/src/scaffold/join-policy.js";

const VARIABLES = new Map([
  ["aws-account-id", "111122223333"],
  ["name", "one"],
]);

describe("a policy that statements join", () => {
  const sections = readFileSync("test/scaffold/join-policy.md", "utf8").split(/^## /m).slice(1);
  assert.ok(sections.length >= 7);
  for (const section of sections) {
    const title = section.slice(0, section.indexOf("\n"));
    const block = (info: string) => new RegExp(`\`\`\`${info}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1];
    const [before, addition] = [block("jsonc before")!, block("json addition")!];

    it(title, () => {
      const problem = block("text problem")?.trimEnd();
      const after = block("jsonc after") ?? before;
      assert.ok(problem !== undefined || block("jsonc after") !== undefined);
      const joined = joinPolicy(before, addition, VARIABLES);
      assert.deepEqual([joined?.text, joined?.problem], [after, problem]);
      const again = joinPolicy(after, addition, VARIABLES);
      if (problem === undefined) assert.equal(again?.text, after, "twice is not the same as once");
      const windows = (text: string) => text.replaceAll("\n", "\r\n");
      assert.equal(joinPolicy(windows(before), addition, VARIABLES)?.text, windows(after));
    });
  }

  it("is one, and not something else", () => {
    const addition = '{ "Version": "2012-10-17", "Statement": [] }';
    for (const text of ["", "{}", "[]", '{ "Statements": [] }', "x"])
      assert.equal(joinPolicy(text, addition.replace("[]", '[{ "Effect": "Deny" }]'), VARIABLES), undefined);
  });
});
