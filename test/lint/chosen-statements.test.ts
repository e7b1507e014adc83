/** Statements that a template chooses by `Fn::If`: whatever a fix does to one, the choice keeps its condition and two values. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { rules } from "../../server/src/lint/rules/index.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { globSync } from "../../tools/glob.mjs";
import { allOf, lintText } from "./lint-text.js";
import { readSpec } from "./spec.js";

const ALL = allOf(rules);
const NOTHING = { Ref: "AWS::NoValue" };

describe("a statement that a template chooses", () => {
  let fixes = 0;
  for (const path of globSync("test/lint", /\.md$/)) {
    const cases = readSpec(readFileSync(path, "utf8")).filter(({ scene }) => !scene.isAccount);
    const chosen = cases.flatMap(({ input, scene, title }) =>
      [withChoices(input)].flatMap((text) => (text === undefined ? [] : [{ text, scene, title }])),
    );
    if (chosen.length === 0) continue;
    it(`stays one by the fixes of ${path}`, () => {
      for (const { text, scene, title } of chosen) {
        for (const finding of lintText(ALL, text, scene)) {
          for (const fix of finding.fixes) {
            fixes++;
            const after = applyEdits(text, fix.edits);
            assert.ok(
              areChoicesWhole(after),
              `${title}: ${finding.rule.name}, ${fix.title}\n${text}\n---\n${after}`,
            );
          }
        }
      }
    });
  }
  it("is repaired at all", () => assert.ok(fixes > 500, String(fixes)));
});

/** `undefined` where the text is no policy in sound JSON. */
function withChoices(text: string): string | undefined {
  const policy = jsonOf(text);
  if (policy?.Statement === undefined) return undefined;
  const Statement = [policy.Statement].flat().map((it) => ({ "Fn::If": ["IsProduction", it, NOTHING] }));
  return JSON.stringify({ ...policy, Statement }, null, 2);
}

function areChoicesWhole(text: string): boolean {
  const choices = [jsonOf(text)?.Statement].flat().map((it) => (it as { "Fn::If"?: unknown[] })["Fn::If"]);
  return choices.every((it) => it === undefined || it.length === 3);
}

function jsonOf(text: string): { readonly Statement?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
