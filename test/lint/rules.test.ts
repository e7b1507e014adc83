/** Every rule against its spec and its page. `UPDATE=1 npm run unit -- rules` draws the carets anew: read the diff. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fixAll } from "../../server/src/lint/fix-all.js";
import { renderHeader, renderReferences } from "../../server/src/lint/page.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits, overlap } from "../../server/src/syntax/edits.js";
import { globSync } from "../../tools/glob.mjs";
import { lintText } from "./lint-text.js";
import { draw, readSpec, type SpecCase, withoutCarets } from "./spec.js";

const only = process.env["RULE"];

for (const rule of rules) {
  if (only !== undefined && rule.name !== only) continue;
  const specPath = `test/lint/${rule.group}/${rule.name}.md`;
  const pagePath = `docs/rules/${rule.name}.md`;

  describe(rule.name, () => {
    it("has a spec with a finding and a policy without one", () => {
      assert.ok(existsSync(specPath), `${specPath} is missing: npm run new-rule writes it`);
      const found = cases(specPath).map(({ drawn }) => drawn !== withoutCarets(drawn));
      assert.ok(found.includes(true), "no case reports anything");
      assert.ok(found.includes(false), "no case stays silent");
    });

    const specs = existsSync(specPath) ? cases(specPath) : [];
    if (process.env["UPDATE"] !== undefined) redraw(specPath, specs);

    for (const { title, drawn, input, filler, scene, fixed } of specs) {
      it(title, () => {
        const find = (text: string) => lintText([rule], text, scene);
        const findings = find(input);
        assert.equal(draw(input, findings, filler), drawn);

        const problems = parseDocument(input, "json").tree.problems.length;
        for (const { fixes } of findings) {
          for (const { title: fixTitle, edits } of fixes) {
            const after = applyEdits(input, edits);
            const left = parseDocument(after, "json").tree.problems.length;
            assert.ok(left <= problems, `"${fixTitle}" breaks the syntax:\n${after}`);
            assert.ok(
              !edits.some((edit, i) =>
                overlap(
                  [edit],
                  edits.slice(i + 1).filter((e) => e.start !== edit.start),
                ),
              ),
              `"${fixTitle}" has edits that overlap`,
            );
          }
        }
        for (const { title: fixTitle, text } of fixed) {
          const choose = ({ fixes }: (typeof findings)[number]) =>
            fixTitle === undefined ? fixes[0] : fixes.find((it) => it.title === fixTitle);
          assert.equal(fixAll(input, find, choose).text, text);
        }
      });
    }

    it("declares the fixes that it has", () => {
      const all = specs.flatMap(({ input, scene }) =>
        lintText([rule], input, scene).flatMap(({ fixes }) => fixes),
      );
      assert.equal(
        all.length > 0,
        rule.fix !== "none",
        `fix is "${rule.fix}", but its specs show ${all.length} fixes`,
      );
      if (rule.fix !== "none")
        assert.ok(
          specs.some(({ fixed }) => fixed.length > 0),
          "no spec shows the text after the fix",
        );
    });

    it("has a page whose header is its metadata and whose examples behave", () => {
      assert.ok(existsSync(pagePath), `${pagePath} is missing: npm run new-rule writes it`);
      const page = readFileSync(pagePath, "utf8");
      assert.ok(
        page.startsWith(`# ${rule.name}\n\n${renderHeader(rule)}`),
        "the header is out of date: run npm run generate",
      );
      assert.ok(
        page.endsWith(renderReferences(rule)),
        "the references are out of date: run npm run generate",
      );
      const headings = [...page.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
      const known = ["Why", "Incorrect", "Correct", "How it decides", "When not to use it", "References"];
      assert.deepEqual(
        headings,
        known.filter((heading) => headings.includes(heading)),
        "unknown headings, or in another order",
      );
      for (const needed of ["Why", "Incorrect", "Correct", "References"])
        assert.ok(headings.includes(needed), `no ## ${needed}`);
      for (const { title, input, scene } of readSpec(page)) {
        const findings = lintText([rule], input, scene);
        if (title.startsWith("Incorrect"))
          assert.ok(findings.length > 0, `the incorrect example is silent:\n${input}`);
        if (title.startsWith("Correct"))
          assert.deepEqual(
            findings.map(({ message }) => message),
            [],
          );
      }
      const titles = readSpec(page).map(({ title }) => title);
      assert.ok(
        titles.some((title) => title.startsWith("Incorrect")) &&
          titles.some((title) => title.startsWith("Correct")),
        "an example is missing",
      );
    });
  });
}

describe("rules", () => {
  it("have specs and pages, and no spec or page is without a rule", () => {
    const names = rules.map(({ name }) => name).sort();
    const names2 = (folder: string, pattern: RegExp) =>
      globSync(folder, pattern)
        .map((path) => path.replace(/^.*\/|\.md$/g, ""))
        .sort();
    assert.deepEqual(names2("test/lint", /^test\/lint\/[a-z]+\/[a-z0-9-]+\.md$/), names);
    assert.deepEqual(names2("docs/rules", /\/(?!README)[a-z0-9-]+\.md$/), names);
  });

  it("have metadata that reads well", () => {
    for (const { name, summary, references, severity, fix } of rules) {
      assert.match(name, /^(?!no-|avoid-|use-|prefer-)[a-z]+(?:-[a-z0-9]+)*$/, name);
      assert.doesNotMatch(summary, /\.$/, `${name}: the summary ends with a period`);
      assert.ok(references.length > 0, `${name} has no reference`);
      for (const url of references)
        assert.match(url, /^https:\/\/docs\.aws\.amazon\.com\/|^https:\/\//, name);
      if (severity === "hint") assert.notEqual(fix, "none", `${name} is a hint without a fix`);
    }
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
  });
});

function cases(path: string): readonly SpecCase[] {
  return readSpec(readFileSync(path, "utf8"));
}

/** Writes the carets that the rule draws now into its spec. */
function redraw(path: string, specs: readonly SpecCase[]): void {
  let markdown = readFileSync(path, "utf8");
  const rule = rules.find(({ name }) => path.endsWith(`/${name}.md`));
  for (const { input, filler, scene, at } of [...specs].reverse()) {
    if (rule === undefined) continue;
    markdown =
      markdown.slice(0, at.start) +
      draw(input, lintText([rule], input, scene), filler) +
      markdown.slice(at.end);
  }
  writeFileSync(path, markdown);
}
