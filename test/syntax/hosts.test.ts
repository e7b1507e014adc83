/**
 * Policies inside other texts, from the specs in `hosts/`: each block between four backticks is a file, named by
 * `path=` behind its language, with carets under every error and warning. A block `fixed` holds the file after all
 * fixes; `fixed: Title` after the fixes of that title. `UPDATE=1 npm run unit -- hosts` draws the carets anew.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { fixAll } from "../../server/src/lint/fix-all.js";
import type { Finding } from "../../server/src/lint/rule.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { cursorAt, formatDocument, languageOf, parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { pathAt, type Tree, toPointer } from "../../server/src/syntax/tree.js";
import { type Analysis, analyse } from "../../server/src/workspace/analysis.js";
import { globSync } from "../../tools/glob.mjs";
import { fakeCatalogue } from "../catalogue/fake.js";
import { draw, withoutCarets } from "../lint/spec.js";

interface HostCase {
  readonly title: string;
  readonly path: string;
  readonly drawn: string;
  readonly input: string;
  readonly fixed: readonly { readonly title: string | undefined; readonly text: string }[];
  readonly kinds: string | undefined;
  readonly pointers: readonly string[];
}

const BLOCK = /^````(\w*)([^\n]*)\n([\s\S]*?)^````$/gm;
const configuration = defaultConfiguration(rules);

for (const file of globSync("test/syntax/hosts", /\.md$/)) {
  if (process.env["UPDATE"] !== undefined) redraw(file);
  describe(file, () => {
    const cases = readCases(readFileSync(file, "utf8"));
    it("goes through with every file cut off anywhere, and says nothing outside of it", () => {
      for (const { path, input } of cases) {
        for (let end = 0; end <= input.length; end += 3) {
          const text = input.slice(0, end);
          const { findings, document } = analysed(path, text);
          for (const { start, end, fixes } of findings) {
            assert.ok(0 <= start && start <= end && end <= text.length, text);
            for (const edit of fixes.flatMap(({ edits }) => edits))
              assert.ok(0 <= edit.start && edit.start <= edit.end && edit.end <= text.length, text);
          }
          const blank = (it: string) => it.replace(/[\s>]/g, "");
          const laidOut = applyEdits(text, formatDocument(document, { indent: "  " }));
          assert.equal(blank(laidOut), blank(text));
          cursorAt(text, end, languageOf(path))?.edits.value({ a: ["b"] });
        }
      }
    });
    it("has cases with findings and cases without", () => {
      const found = new Set(cases.map(({ drawn, input }) => drawn !== input));
      assert.deepEqual(found, new Set([true, false]));
    });
    for (const { title, path, drawn, input, fixed, kinds, pointers } of cases) {
      it(title, () => {
        const { findings, policies, document } = analysed(path, input);
        assert.equal(draw(input, findings.filter(matters)), drawn);
        if (kinds !== undefined) assert.equal(kindsOf({ policies }), kinds);
        for (const pointer of pointers) {
          const found = findings.map((it) => toPointer(pathAt(document.tree.root, it)));
          assert.ok(found.includes(pointer), `no finding is at ${pointer}, but at\n${found.join("\n")}`);
        }
        for (const { fixes } of findings) {
          for (const fix of fixes) {
            const after = parseDocument(applyEdits(input, fix.edits), languageOf(path)).tree;
            assert.ok(
              problemsIn(after) <= problemsIn(document.tree),
              `"${fix.title}" breaks the syntax:\n${applyEdits(input, fix.edits)}`,
            );
          }
        }
        for (const { title: fixTitle, text } of fixed) {
          assert.equal(repaired(path, input, fixTitle), text);
        }
      });
    }
  });
}

function analysed(path: string, text: string) {
  return analyse({
    text,
    language: languageOf(path),
    path,
    configuration,
    catalogue: fakeCatalogue(),
    today: "2026-01-01",
    crashed: (rule, error) => {
      throw new Error(`${rule} threw`, { cause: error });
    },
  });
}

/** @param title of the fixes to take; the first of each finding unless said */
function repaired(path: string, text: string, title?: string): string {
  const choose = ({ fixes }: Finding) =>
    title === undefined ? fixes[0] : fixes.find((it) => it.title === title);
  return fixAll(text, (it) => analysed(path, it).findings.filter(matters), choose).text;
}

/** A line a policy, with what it hangs on. */
function kindsOf({ policies }: Pick<Analysis, "policies">): string {
  return policies.map(({ kind, resourceType }) => [kind, resourceType].filter(Boolean).join(" ")).join("\n");
}

function matters({ severity }: Finding): boolean {
  return severity === "error" || severity === "warning";
}

function problemsIn({ problems, embedded = [] }: Tree): number {
  return embedded.reduce((sum, it) => sum + it.problems.length, problems.length);
}

function readCases(markdown: string): readonly HostCase[] {
  const cases: (HostCase & { fixed: { title: string | undefined; text: string }[]; pointers: string[] })[] =
    [];
  const outside = markdown.replace(BLOCK, (it) => " ".repeat(it.length));
  const headings = [...outside.matchAll(/^#+ (.+)$/gm)];
  for (const { 2: words = "", 3: content = "", index } of markdown.matchAll(BLOCK)) {
    const info = words.trim();
    const body = content.replace(/\n$/, "");
    const last = cases.at(-1);
    if (info.startsWith("fixed")) {
      last?.fixed.push({ title: /^fixed: (.+)$/.exec(info)?.[1], text: body.replaceAll("␍", "\r") });
    } else if (info === "kinds" && last !== undefined) cases[cases.length - 1] = { ...last, kinds: body };
    else if (info === "pointers") last?.pointers.push(...body.split("\n"));
    else {
      const title = headings.filter((it) => it.index < index).at(-1)?.[1] ?? "";
      const path = /(?:^| )path=(\S+)/.exec(info)?.[1] ?? "notes.md";
      // Between four backticks no line can end in a carriage return: a mark stands for it.
      const text = withoutCarets(body).replaceAll("␍", "\r");
      cases.push({
        title,
        path,
        drawn: body.replaceAll("␍", "\r"),
        input: text,
        fixed: [],
        kinds: undefined,
        pointers: [],
      });
    }
  }
  return cases;
}

/** A block `fixed` that is empty is filled. */
function redraw(file: string): void {
  let last = { path: "", text: "" };
  const redrawn = readFileSync(file, "utf8").replace(
    BLOCK,
    (whole, _language: string, words: string, content: string) => {
      const head = whole.slice(0, whole.indexOf("\n"));
      const block = (text: string) => `${head}\n${text.replaceAll("\r", "␍")}\n\`\`\`\``;
      if (/^ fixed$/.test(words) && content.trim() === "") return block(repaired(last.path, last.text));
      if (words === " kinds") return block(kindsOf(analysed(last.path, last.text)));
      if (/^ (?:fixed|pointers)/.test(words)) return whole;
      const path = /(?:^| )path=(\S+)/.exec(words)?.[1] ?? "notes.md";
      const text = withoutCarets(content.replace(/\n$/, "")).replaceAll("␍", "\r");
      last = { path, text };
      return block(draw(text, analysed(path, text).findings.filter(matters)));
    },
  );
  writeFileSync(file, redrawn);
}
