/** Formatting: how a policy is laid out, and that nothing but white space between its parts ever changes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatDocument, type Language, parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { globSync } from "../../tools/glob.mjs";
import { readSpec } from "../lint/spec.js";
import { readCases } from "./cases.js";

const samples = globSync("examples/workspace", /\.json$/).map((path) => readFileSync(path, "utf8"));
const broken = globSync("test/lint/syntax", /\.md$/).flatMap((path) =>
  readSpec(readFileSync(path, "utf8")).map(({ input }) => input),
);
const seeds = [...samples, ...broken];

describe("formatting", () => {
  for (const { title, text, info, language, expected } of readCases("test/assist/format.md", /^formatted$/)) {
    it(title, () => {
      const indent = /indent=(\w+)/.exec(info)?.[1] ?? "2";
      const style = indent === "tab" ? "\t" : " ".repeat(Number(indent));
      const formatted = expected.get("formatted");
      assert.equal(format(text, language, style).trimEnd(), formatted);
      assert.equal(format(formatted ?? "", language, style), formatted, "laid out twice");
    });
  }

  it("keeps the line breaks of Windows", () => {
    assert.equal(format('{"a":[1,\n2]}\r\n'), '{\r\n  "a": [\r\n    1,\r\n    2\r\n  ]\r\n}\r\n');
  });

  it("ends the text as the editor is set", () => {
    const style = { indent: "  ", insertFinalNewline: true, trimFinalNewlines: true };
    for (const text of ["{}", "{}\n\n\n", "{}  "]) {
      const document = parseDocument(text, "json");
      assert.equal(applyEdits(text, formatDocument(document, style)), "{}\n");
    }
  });

  it("says the same as JSON.stringify for sound JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 3), (value, step) => {
        const wanted = JSON.stringify(value, undefined, 2);
        assert.equal(format(JSON.stringify(value, undefined, step)), wanted);
      }),
    );
  });

  it("changes only white space outside strings, and nothing the second time, whatever the mistakes", () => {
    const bit = fc.constantFrom(
      ..."{}[]:,\"' \n*#\\$<".split(""),
      "//",
      "/*",
      "\r\n",
      "  ",
      "é",
      "null",
      "Allow",
    );
    const mistakes = fc.array(fc.tuple(fc.nat(), fc.nat(3), bit), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...seeds), mistakes, fc.boolean(), (seed, changes, relaxed) => {
        let text = seed;
        for (const [place, gone, put] of changes) {
          const at = place % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + gone);
        }
        const language = relaxed ? "jsonc" : "json";
        const { tree } = parseDocument(text, language);
        for (const { start, end, newText } of formatDocument(parseDocument(text, language), { indent: "  " }))
          assert.match(text.slice(start, end) + newText, /^[ \t\r\n]*$/);
        const once = format(text, language);
        assert.deepEqual(strings(parseDocument(once, language).tree.root), strings(tree.root));
        assert.equal(format(once, language), once);
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves every prefix of a policy to be written on", () => {
    for (const text of samples) {
      for (let end = 0; end < text.length; end += 7) {
        const once = format(text.slice(0, end));
        assert.equal(once.replace(/\s/g, ""), text.slice(0, end).replace(/\s/g, ""));
      }
    }
  });
});

function format(text: string, language: Language = "json", indent = "  "): string {
  return applyEdits(text, formatDocument(parseDocument(text, language), { indent }));
}

function strings(root: unknown): unknown {
  return JSON.parse(
    JSON.stringify(root ?? null, (key, value) =>
      ["parent", "start", "end", "contentStart", "sourceMap"].includes(key) ? undefined : value,
    ),
  );
}
