/**
 * Any text goes through parse, lint, fix and every request without a throw: every prefix of every sample, and ten
 * thousand texts with random mistakes. Random, but the same in every run: a failure can be repeated.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { defaultConfiguration } from "../server/src/lint/configuration.js";
import { fixAll } from "../server/src/lint/fix-all.js";
import { ruleSet } from "../server/src/lint/rule-set.js";
import { rules } from "../server/src/lint/rules/index.js";
import { POLICY_KINDS } from "../server/src/policy/words.js";
import { parseJson } from "../server/src/syntax/json/parse.js";
import type { ValueNode } from "../server/src/syntax/tree.js";
import { analyse } from "../server/src/workspace/analysis.js";
import { positionsIn } from "../server/src/workspace/positions.js";
import { globSync } from "../tools/glob.mjs";
import { realCatalogue } from "./catalogue/real.js";
import { readSpec } from "./lint/spec.js";
import { startClient, type TestClient } from "./lsp/client.js";
import { randomNumbers } from "./random.js";

const samples = globSync("examples/workspace", /\.json$/).map((path) => readFileSync(path, "utf8"));
const specs = globSync("test/lint", /\/[a-z]+\/[a-z0-9-]+\.md$/).flatMap((path) =>
  readSpec(readFileSync(path, "utf8")).map(({ input }) => input),
);
const severities = Object.fromEntries(rules.map(({ name, severity }) => [name, severity]));
const configuration = { ...defaultConfiguration(rules), rules: ruleSet(rules, "strict", severities) };
const BITS = [
  '"',
  "'",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "\\",
  "\n",
  "\r\n",
  "\t",
  "\u00a0",
  "\ufeff",
  "\ud800",
  "“",
  "//",
  "/*",
  "#",
  "=",
  "*",
  "${",
  "$",
  "<",
  "0",
  "-",
  "true",
  "arn:aws:s3:::",
  "null",
  "é",
  "😀",
  "\u0000",
];

/** What editors ask about a document as it stands, wherever the cursor is. */
const REQUESTS = [
  "codeLens",
  "documentHighlight",
  "documentLink",
  "documentSymbol",
  "foldingRange",
  "formatting",
  "inlayHint",
  "prepareRename",
  "rangeFormatting",
  "references",
  "rename",
  "selectionRange",
  "semanticTokens/full",
];
const NAMES = { newName: "Name", context: { includeDeclaration: true } };

describe("any text", () => {
  it("parses: a tree within the text, problems within the text", () => {
    for (const text of [
      ...texts(specs, 4000),
      "[".repeat(100_000),
      '{"a":'.repeat(100_000),
      "",
      "\u0000",
      "]".repeat(1000),
    ]) {
      const { root, problems } = parseJson(text);
      for (const { start, end, edits = [] } of problems) {
        assert.ok(
          0 <= start && start <= end && end <= text.length,
          `a problem from ${start} to ${end} in ${show(text)}`,
        );
        for (const edit of edits)
          assert.ok(0 <= edit.start && edit.start <= edit.end && edit.end <= text.length, show(text));
      }
      checkTree(root, 0, text.length, text);
    }
  });

  it("has a problem exactly where JSON.parse refuses it", () => {
    for (const text of texts(samples, 3000)) {
      let refused = false;
      try {
        JSON.parse(text);
      } catch {
        refused = true;
      }
      const problems = parseJson(text).problems.filter(({ code }) => code !== "lone-surrogate");
      assert.equal(
        problems.length > 0,
        refused,
        `${problems.map(({ code }) => code).join()} in ${show(text)}`,
      );
    }
  });

  it("is linted and fixed without a throw, and fixing comes to an end", () => {
    let kind = 0;
    for (const text of [...prefixes(samples), ...texts(samples, 10_000), ...prefixes(specs, 17)]) {
      const find = (it: string) =>
        analyse({
          text: it,
          language: "json",
          path: "policy.json",
          configuration,
          catalogue: realCatalogue(),
          kind: kind % 3 === 0 ? POLICY_KINDS[kind % POLICY_KINDS.length] : undefined,
          today: "2026-11-22",
          crashed: (rule, error) => {
            throw new Error(`${rule} threw on ${show(it)}`, { cause: error });
          },
        }).findings;
      kind++;
      for (const { start, end } of find(text))
        assert.ok(0 <= start && start <= end && end <= text.length, show(text));
      if (kind % 5 === 0) fixAll(text, find);
    }
  });

  describe("in the server", () => {
    let client: TestClient;
    before(async () => {
      client = await startClient();
    });
    after(() => client.stop());

    it("gets an answer to every request, and nothing is logged", async () => {
      const uri = "file:///workspace/any.json";
      client.open(uri, "");
      const options = { tabSize: 4, insertSpaces: true, insertFinalNewline: true };
      let number = 0;
      for (const text of [...prefixes(samples, 23), ...texts(samples, 1000)]) {
        client.change(uri, text);
        await client.diagnostics(uri);
        const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
        const middle = positionsIn(text).position(text.length >> 1);
        for (const only of [undefined, ["source.fixAll.iamPolicy"]]) {
          const context = { diagnostics: [], ...(only && { only }) };
          for (const at of only === undefined ? [range, { start: middle, end: middle }] : [range]) {
            await client.connection.sendRequest("textDocument/codeAction", {
              textDocument: { uri },
              range: at,
              context,
            });
          }
        }
        await client.connection.sendRequest("iamPolicy/kind", { uri });
        const asked = { range, position: middle, positions: [middle, range.end], options, ...NAMES };
        // A third of them for each text: each gets hundreds of texts all the same.
        for (const [index, method] of REQUESTS.entries()) {
          if (index % 3 !== number % 3) continue;
          const params = { textDocument: { uri }, ...asked };
          // A new name that is none is refused in words.
          await client.connection.sendRequest(`textDocument/${method}`, params).catch((error) => {
            assert.match(String(error), /starts with a letter|letters and digits|backslashes/, method);
          });
        }
        number++;
      }
      assert.deepEqual(client.log, []);
    });
  });
});

/** Spans nest, children come in order, and parents are who holds them. */
function checkTree(node: ValueNode | undefined, from: number, to: number, text: string): void {
  if (node === undefined) return;
  assert.ok(
    from <= node.start && node.start <= node.end && node.end <= to,
    `a ${node.type} at ${node.start}–${node.end} in ${show(text)}`,
  );
  let at = node.start;
  if (node.type === "array") {
    for (const item of node.items) {
      assert.equal(item.parent, node);
      checkTree(item, at, node.end, text);
      at = item.end;
    }
  }
  if (node.type !== "object") return;
  for (const member of node.members) {
    assert.ok(at <= member.start && member.end <= node.end, `a member at ${member.start} in ${show(text)}`);
    if (member.value !== undefined) assert.equal(member.value.parent, member);
    checkTree(member.value, member.start, member.end, text);
    at = member.end;
  }
}

function* prefixes(from: readonly string[], step = 1): Iterable<string> {
  for (const text of from)
    for (let length = 0; length <= text.length; length += step) yield text.slice(0, length);
}

/** Texts with one to four mistakes: something left out, put in, doubled or moved. */
function* texts(from: readonly string[], count: number): Iterable<string> {
  const random = randomNumbers();
  const below = (n: number) => Math.floor(random() * n);
  for (let made = 0; made < count; made++) {
    let text = from[below(from.length)] ?? "";
    for (let mistakes = 1 + below(4); mistakes > 0; mistakes--) {
      const at = below(text.length + 1);
      const length = 1 + below(random() < 0.9 ? 3 : 60);
      const bit = BITS[below(BITS.length)] ?? "";
      const part = text.slice(at, at + length);
      const kind = below(4);
      const put = kind === 0 ? "" : kind === 1 ? bit + part : kind === 2 ? part + part : bit;
      text = text.slice(0, at) + put + text.slice(at + length);
    }
    yield text;
  }
}

function show(text: string): string {
  return text.length > 3000 ? `${JSON.stringify(text.slice(0, 200))}…` : JSON.stringify(text);
}
