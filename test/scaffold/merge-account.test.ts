/** A part put into an account file: layout and comments stay, and what says something else already stands in the way. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { rememberedValues } from "../../server/src/scaffold/choose-values.js";
import { mergeAccount } from "../../server/src/scaffold/merge-account.js";
import type { JsonObject } from "../../server/src/scaffold/template.js";

/** Blocks of `merge-account.md`: an account, a part of one, and the account afterwards or what stands in the way. */
const cases = readFileSync("test/scaffold/merge-account.md", "utf8")
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const title = section.slice(0, section.indexOf("\n"));
    const block = (info: string) => new RegExp(`\`\`\`${info}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1];
    const before = block("jsonc before") ?? "";
    const part = JSON.parse(block("json part") ?? "") as JsonObject;
    return { title, before, part, after: block("jsonc after"), conflicts: block("text conflicts") };
  });

describe("a part of an account", () => {
  it("is specified", () => {
    assert.ok(cases.length >= 15);
    for (const { title, after, conflicts } of cases)
      assert.ok(after !== undefined || conflicts !== undefined, title);
  });

  for (const { title, before, part, after, conflicts } of cases) {
    it(title, () => {
      const merged = mergeAccount(before, part, rememberedValues(before));
      const found = merged.conflicts
        .map(({ pointer, message }) => `${pointer} ${message}\n`.trimStart())
        .join("");
      assert.equal(found, conflicts ?? "");
      assert.equal(merged.text, after ?? before);
      const again = mergeAccount(merged.text, part, rememberedValues(merged.text));
      if (conflicts === undefined) assert.equal(again.text, merged.text, "twice is not the same as once");
    });

    if (after !== undefined) {
      it(`${title}, with the line ends of Windows`, () => {
        const crlf = (text: string) => text.replaceAll("\n", "\r\n");
        if (before === "") return;
        assert.equal(mergeAccount(crlf(before), part, rememberedValues(before)).text, crlf(after));
      });
    }
  }
});
