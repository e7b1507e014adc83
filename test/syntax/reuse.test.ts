/**
 * Reading a text again from what is kept of its earlier version gives what reading it anew gives: the same tree, and the
 * same findings, after each of a long row of edits. Random, but the same in every run: a failure can be repeated.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { originalOf, titleOf } from "../../server/src/syntax/embedded/transplant.js";
import { MAX_DEPTH, parseJson } from "../../server/src/syntax/json/parse.js";
import { parseMarkdown } from "../../server/src/syntax/markdown/parse.js";
import { type EmbeddedText, itemsOf, type Tree, type ValueNode } from "../../server/src/syntax/tree.js";
import { type AnalysisMemory, analyse, analysisMemory } from "../../server/src/workspace/analysis.js";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";
import { readSpec } from "../lint/spec.js";
import { randomNumbers } from "../random.js";

const specs = globSync("test/lint", /\/[a-z]+\/[a-z0-9-]+\.md$/).flatMap((path) =>
  readSpec(readFileSync(path, "utf8")).map(({ input }) => input),
);
/** Whole policies are hard to come by at random: each text has the statements of several specs. */
const texts = Array.from({ length: 40 }, (_, n) => {
  const statements = specs.filter((_, index) => index % 40 === n).flatMap(statementsOf);
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, n % 3);
});
/** With fences in lists and quotes, and policies in strings. */
const documents = Array.from({ length: 4 }, (_, n) =>
  texts
    .slice(5 * n, 5 * n + 5)
    .map((text, at) => {
      const inner = at === 3 ? JSON.stringify({ Policy: text }) : text;
      const lead = ["", "> ", "   ", "", "> > "][at] ?? "";
      return `## Policy ${at}\n\nProse.\n\n${lead}~~~json\n${inner.replace(/^/gm, lead)}\n${lead}~~~\n`;
    })
    .join("\n"),
);
const COMPUTED = ["$", "{x}"].join("");
const LITERAL = `$${COMPUTED}`;
/** As CloudFormation and Terraform have policies: in strings, one of them with templates. */
const templates = Array.from({ length: 4 }, (_, n) => {
  const [first = "", second = "", third = ""] = texts.slice(4 * n, 4 * n + 3);
  const computed = first.replace('"Version"', () => `"Id":"${LITERAL}","Name":"${COMPUTED}","Version"`);
  const nested = JSON.stringify({ Policy: second });
  const resources = {
    one: { policy: computed },
    two: [{ policy: second }, { policy: nested }],
    three: third,
  };
  return JSON.stringify(
    { resource: { aws_iam_policy: resources, same: [second, LITERAL, COMPUTED] } },
    null,
    1,
  );
});
const BITS = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\\",
  "\n",
  "é",
  "/*",
  "*/",
  "//",
  "s3:",
  "*",
  '"{\\"a\\":[{}]}"',
];

describe("a text that is read again", () => {
  const versions: Readonly<Record<string, string>> = {
    "a sound text": '{"Statement":[{"Sid":"A"},{"Sid":"B"},{"Sid":"C"}]}',
    "a text with an escape": '{"Statement":[{"Sid":"A"},{"Sid":"B\\u0041"},{"Sid":"C"}]}',
    "a text that is broken behind them": '{"Statement":[{"Sid":"A"},{"Sid":"B"},{"Sid":"C"}]',
  };
  for (const [name, text] of Object.entries(versions))
    it(`keeps statements of ${name} that did not change, wherever they move`, () => {
      const before = parseJson(text);
      const [a, b, c] = statementNodes(before);
      const after = parseJson(text.replace('"A"', '"Longer"').replace("[", "[ "), { before });
      const [changed, ...kept] = statementNodes(after);
      assert.notEqual(changed, a);
      assert.equal(kept.length, 2);
      assert.ok(kept[0] === b && kept[1] === c);
      same(after, parseJson(after.text));
    });

  it("calls no text plain that may have a comment where it has not looked", () => {
    const options = { comments: true, trailingCommas: true };
    const before = parseJson('[{"a":1},{"b":/* two */2}]', options);
    const { isPlain, problems } = parseJson('[{"a":11},{"b":/* two */2}]', { ...options, before });
    assert.deepEqual(problems, []);
    assert.notEqual(isPlain, true);
  });

  it("reads again what stands deeper now, as there is an end to depth", () => {
    const text = `[{"a":${"[".repeat(MAX_DEPTH - 10)}${"]".repeat(MAX_DEPTH - 10)}}]`;
    const deeper = `${"[".repeat(20)}${text}`;
    const after = parseJson(deeper, { before: parseJson(text) });
    assert.ok(after.problems.some(({ code }) => code === "deep-nesting"));
    same(after, parseJson(deeper));
  });

  it("has the tree of a text that is read anew, after any edits", () => {
    let kept = 0;
    for (const start of texts) {
      let tree = parseJson(start);
      for (const text of edited(start, 25)) {
        const before = new Set(statementNodes(tree));
        tree = parseJson(text, { before: tree });
        kept += statementNodes(tree).filter((it) => before.has(it)).length;
        same(tree, parseJson(text));
      }
    }
    assert.ok(kept > 2000, `only ${kept} statements were kept`);
  });

  it("keeps the fences of Markdown that did not change, wherever they move", () => {
    const fence = (sid: string) => `> ~~~json\n> {"Statement":[{"Sid":"${sid}"}]}\n> ~~~\n`;
    const before = parseMarkdown(`# One\n${fence("A")}\n## Two\n${fence("B")}`);
    const [, b] = itemsOf(before.root);
    const after = parseMarkdown(`# One\n${fence("Longer")}\n## Three\n${fence("B")}`, before);
    const [changed, kept] = itemsOf(after.root);
    assert.ok(kept === b && changed !== undefined);
    same(after, parseMarkdown(after.text));
    assert.equal(kept && titleOf(kept), "Three");
    const original = kept && originalOf(kept);
    assert.equal(original?.excerpt.outward(0), kept?.start);
    assert.notEqual(kept?.start, undefined);
  });

  it("has the tree of a Markdown document that is read anew, after any edits", () => {
    let kept = 0;
    for (const start of documents) {
      let tree = parseMarkdown(start);
      for (const text of edited(start, 25)) {
        const before = new Set(itemsOf(tree.root));
        tree = parseMarkdown(text, tree);
        kept += itemsOf(tree.root).filter((it) => before.has(it)).length;
        const anew = parseMarkdown(text);
        alike(tree, anew);
      }
    }
    assert.ok(kept > 200, `only ${kept} fences were kept`);
  });

  for (const language of ["json", "terraform"] as const) {
    it(`keeps the policies in strings of ${language} that did not change, wherever they move`, () => {
      const policy = (sid: string) => JSON.stringify(JSON.stringify({ Statement: [{ Sid: sid }] }));
      const text = `{"a":[{"p":${policy("A")}},{"p":${policy(LITERAL)}}]}`;
      const before = parseDocument(text, language);
      const [, b] = before.tree.embedded ?? [];
      const after = parseDocument(text.replace("A", "Longer"), language, before);
      const [changed, kept] = after.tree.embedded ?? [];
      assert.ok(kept?.root !== undefined && kept.root === b?.root && changed !== undefined);
      alike(after.tree, parseDocument(after.tree.text, language).tree);
      assert.equal(originalOf(kept.root)?.excerpt.outward(0), kept.root.start);
    });

    it(`has the tree of ${language} with policies in strings that is read anew, after any edits`, () => {
      let kept = 0;
      for (const start of templates) {
        let document = parseDocument(start, language);
        for (const text of edited(start, 25)) {
          const before = new Set(document.tree.embedded?.map((it) => it.root));
          document = parseDocument(text, language, document);
          kept += document.tree.embedded?.filter((it) => before.has(it.root)).length ?? 0;
          alike(document.tree, parseDocument(text, language).tree);
        }
      }
      assert.ok(kept > 100, `only ${kept} policies were kept`);
    });
  }

  for (const { language, starts } of [
    { language: "json" as const, starts: [...texts.slice(0, 15), ...templates.slice(0, 2)] },
    { language: "terraform" as const, starts: templates.slice(2) },
    { language: "markdown" as const, starts: documents.slice(0, 2) },
  ]) {
    it(`has the findings of a text in ${language} that is read anew, after any edits`, () => {
      const configuration = defaultConfiguration(rules);
      const find = (text: string, memory: AnalysisMemory | undefined) =>
        analyse({
          text,
          language,
          path: "policy.json",
          configuration,
          catalogue: realCatalogue(),
          today: "2026-11-22",
          ...(memory && { memory }),
        }).findings.map(({ rule, start, end, message, related, fixes }) => ({
          rule: rule.name,
          start,
          end,
          message,
          related: related.map(({ at }) => [at.start, at.end]),
          // How the text is laid out elsewhere, which a fix follows, is looked at when the fix is made.
          fixes: fixes.map(({ title, edits }) => [title, ...edits.map((edit) => [edit.start, edit.end])]),
        }));
      for (const start of starts) {
        const memory = analysisMemory();
        for (const text of edited(start, 8)) assert.deepEqual(find(text, memory), find(text, undefined));
      }
    });
  }
});

/** The text after each of so many edits; now and then it is as it was in the beginning. */
function* edited(start: string, edits: number): Iterable<string> {
  let text = start;
  for (let n = 0; n < edits; n++) {
    const at = random(text.length + 1);
    const way = random(8);
    if (way === 0) text = start;
    else if (way === 1) text = text.slice(0, at) + text.slice(at + 1 + random(3));
    else if (way === 2) text = `${text.slice(0, at)}${BITS[random(BITS.length)]}${text.slice(at)}`;
    else if (way === 3) text = `\n${text}`;
    else if (way === 4) text = text.slice(0, at) + text.slice(random(at + 1), at) + text.slice(at);
    else text = text.replace(/"(Sid|Effect)": ?"/g, (it) => (random(9) === 0 ? `${it}x` : it));
    yield text;
  }
}

function statementsOf(text: string): readonly unknown[] {
  try {
    const { Statement: statement } = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")) as { Statement?: unknown };
    return statement === undefined ? [] : [statement].flat();
  } catch {
    return [];
  }
}

function statementNodes({ root }: Tree): readonly ValueNode[] {
  const value = root?.type === "object" ? root.members.at(-1)?.value : undefined;
  return value?.type === "array" ? value.items : [];
}

function same(tree: Tree, anew: Tree): void {
  assert.deepEqual(tree.problems, anew.problems);
  assert.equal(JSON.stringify(plain(tree.root)), JSON.stringify(plain(anew.root)), tree.text);
}

/** With the texts inside. */
function alike(tree: Tree, anew: Tree): void {
  same(tree, anew);
  assert.deepEqual(tree.embedded?.map(placed), anew.embedded?.map(placed));
}

function placed({ start, end, root, problems }: EmbeddedText): unknown {
  return { start, end, root: root && plain(root, root.parent), problems };
}

/** Without the way back to the parents, which is looked at instead. */
function plain(node: ValueNode | undefined, parent?: ValueNode["parent"]): unknown {
  if (node === undefined) return undefined;
  assert.equal(node.parent, parent);
  if (node.type === "array") return { ...node, parent: 0, items: node.items.map((it) => plain(it, node)) };
  if (node.type !== "object") return { ...node, parent: 0, embedded: 0 };
  const members = node.members.map((member) => {
    assert.equal(member.parent, node);
    return { ...member, parent: 0, value: plain(member.value, member) };
  });
  return { ...node, parent: 0, members };
}

const next = randomNumbers();

function random(below: number): number {
  return Math.floor(next() * below);
}
