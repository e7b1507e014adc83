/**
 * One mistake, one problem: takes real policies, makes one mistake at every place where it can be made, and demands
 * exactly one problem near it, whose repair gives the policy back.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { parseJson } from "../../server/src/syntax/json/parse.js";
import { globSync } from "../../tools/glob.mjs";

interface Mistake {
  readonly name: string;
  /** The characters at which it can be made. */
  readonly at: RegExp;
  readonly make: (text: string, index: number) => string;
  /** The share of places where one problem and its repair must give back a policy that means the same. */
  readonly share: number;
}

const drop = (text: string, i: number) => text.slice(0, i) + text.slice(i + 1);
const put = (with_: string) => (text: string, i: number) => text.slice(0, i) + with_ + text.slice(i + 1);
const double = (text: string, i: number) => text.slice(0, i + 1) + text.slice(i);

const MISTAKES: readonly Mistake[] = [
  { name: "a missing comma", at: /,/g, make: drop, share: 1 },
  { name: "a doubled comma", at: /,/g, make: double, share: 1 },
  { name: "a missing colon", at: /":/g, make: (text, i) => drop(text, i + 1), share: 1 },
  { name: "a missing quote", at: /"/g, make: drop, share: 0.99 },
  { name: "a missing {", at: /\{/g, make: drop, share: 1 },
  { name: "a missing }", at: /\}/g, make: drop, share: 0.9 },
  { name: "a missing [", at: /\[/g, make: drop, share: 0.8 },
  { name: "a missing ]", at: /\]/g, make: drop, share: 1 },
  { name: "a doubled {", at: /\{/g, make: double, share: 1 },
  { name: "a doubled }", at: /\}/g, make: double, share: 0.9 },
  { name: "a doubled ]", at: /\]/g, make: double, share: 1 },
  { name: "a } for a ]", at: /\]/g, make: put("}"), share: 1 },
  { name: "a ] for a }", at: /\}/g, make: put("]"), share: 1 },
  {
    name: "a comma before a closing bracket",
    at: /["\]}](?=\s*[\]}])/g,
    make: (text, i) => `${text.slice(0, i + 1)},${text.slice(i + 1)}`,
    share: 1,
  },
  {
    name: "= for a colon",
    at: /":/g,
    make: (text, i) => `${text.slice(0, i + 1)} =${text.slice(i + 2)}`,
    share: 1,
  },
  {
    name: "a line of notes",
    at: /\n(?=\s*")/g,
    make: (text, i) => `${text.slice(0, i + 1)}TODO ask the team\n${text.slice(i + 1)}`,
    share: 0.8,
  },
];

const policies = globSync("examples/workspace/policies", /\.json$/)
  .map((path) => readFileSync(path, "utf8"))
  .filter(isJson);
const texts = policies.flatMap((text) => [
  text,
  JSON.stringify(JSON.parse(text), null, 2),
  JSON.stringify(JSON.parse(text)),
]);

describe("one mistake gives one problem and one repair", () => {
  for (const mistake of MISTAKES) {
    it(mistake.name, () => {
      let made = 0;
      const failures: string[] = [];
      for (const text of texts) {
        const meaning = JSON.stringify(JSON.parse(text));
        for (const { index } of text.matchAll(mistake.at)) {
          const broken = mistake.make(text, index);
          if (isPlaceholderPart(text, index) || isJson(broken)) continue;
          made++;
          const { problems } = parseJson(broken);
          const repaired = applyEdits(broken, problems[0]?.edits ?? []);
          const good =
            problems.length === 1 && isJson(repaired) && JSON.stringify(JSON.parse(repaired)) === meaning;
          if (!good)
            failures.push(
              `${broken.slice(Math.max(0, index - 30), index)}⟦⟧${broken.slice(index, index + 30)}\n  ${problems.map((it) => `${it.code} ${it.text} at ${it.start - index}`).join("; ")}`,
            );
        }
      }
      assert.ok(made > 15, `only ${made} places to try`);
      const share = 1 - failures.length / made;
      assert.ok(
        share >= mistake.share,
        `${(100 * share).toFixed(1)} % of ${made} repaired; for example\n${failures.slice(0, 6).join("\n")}`,
      );
    });
  }
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Punctuation inside a text, such as the braces of `${aws:username}`, is no mistake to leave out. */
function isPlaceholderPart(text: string, index: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
  return (
    text[index] !== '"' &&
    text[index] !== "\n" &&
    (line.replaceAll('\\"', "").split('"').length - 1) % 2 === 1
  );
}
