/**
 * The schemas of policies and configurations, as VS Code applies them, against what our own readers say of the same
 * texts; and every example of the documents against the schema of what it shows. Accounts have more in
 * `account/schemas.test.ts`.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readConfiguration } from "../server/src/lint/configuration.js";
import { rules } from "../server/src/lint/rules/index.js";
import { CONDITION_OPERATORS } from "../server/src/policy/condition.js";
import { DOCUMENT_ELEMENTS, PRINCIPAL_TYPES, STATEMENT_ELEMENTS } from "../server/src/policy/words.js";
import { globSync } from "../tools/glob.mjs";
import { readSpec } from "./lint/spec.js";

const NAMES = {
  policy: "any.iam-policy.json",
  config: "iam-policy.config.json",
  account: "iam-account.json",
  test: "any.access-test.json",
} as const;
type Schema = keyof typeof NAMES;

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const wired = contributes.jsonValidation as readonly { readonly fileMatch: string; readonly url: string }[];
const service = getLanguageService({
  workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
  schemaRequestService: async (uri) => readFileSync(new URL(uri), "utf8"),
});
// As the extension wires them.
service.configure({
  schemas: wired.map(({ fileMatch, url }) => ({ uri: pathToFileURL(url).href, fileMatch: [fileMatch] })),
});

describe("schemas", () => {
  it("are wired, each of them, and what is wired is there", () => {
    for (const { url } of wired) assert.ok(existsSync(url), url);
    const urls = new Set(wired.map(({ url }) => url));
    assert.deepEqual(
      readdirSync("schemas").filter((it) => !urls.has(`./schemas/${it}`)),
      [],
    );
  });

  it("take every example of the documents", async () => {
    let found = 0;
    for (const page of ["README.md", ...globSync("docs", /^docs\/[a-z-]+\.md$/)]) {
      for (const [, text = ""] of readFileSync(page, "utf8").matchAll(
        /^```jsonc?[^\n]*\n([\s\S]*?)^```$/gm,
      )) {
        const schema = schemaOf(text);
        if (schema === undefined) continue;
        found++;
        assert.deepEqual(await complaints(schema, text), [], `${page}: ${text}`);
      }
    }
    assert.ok(found >= 3, `only ${found} examples`);
  });
});

describe("the schema of policies", () => {
  const schema = JSON.parse(readFileSync("schemas/policy.schema.json", "utf8"));
  const { statement, principal } = schema.definitions;

  it("has the words that the reader has", () => {
    assert.deepEqual(Object.keys(schema.properties), [...DOCUMENT_ELEMENTS]);
    assert.deepEqual(Object.keys(statement.properties), [...STATEMENT_ELEMENTS]);
    assert.deepEqual(Object.keys(principal.oneOf[1].properties), [...PRINCIPAL_TYPES]);
    const operators = new RegExp(statement.properties.Condition.propertyNames.pattern);
    for (const name of CONDITION_OPERATORS)
      for (const it of [name, `${name}IfExists`, `ForAnyValue:${name}`]) assert.match(it, operators);
    for (const name of ["StringEqual", "stringEquals", "ArnEqualsIgnoreCase"])
      assert.doesNotMatch(name, operators);
  });

  it("takes sound policies: of the templates, of the examples, of the rules' pages", async () => {
    const policies = [
      ...globSync("templates", /_[a-z]+\.json$/),
      ...globSync("examples/workspace/corrected", /policies\/.*\.json$/),
    ].map((path) => readFileSync(path, "utf8"));
    const correct = globSync("docs/rules", /\.md$/).flatMap((path) => {
      const [, part = ""] = /^## Correct\n([\s\S]*?)^## /m.exec(readFileSync(path, "utf8")) ?? [];
      return readSpec(part).map(({ input }) => input);
    });
    assert.ok(policies.length > 10 && correct.length > 200);
    for (const text of [...policies, ...correct]) {
      if (isPolicy(text)) assert.deepEqual(await complaints("policy", text), [], text);
    }
  });

  for (const name of [
    "conflicting-elements",
    "invalid-effect",
    "invalid-element-type",
    "missing-effect",
    "missing-statement",
  ]) {
    it(`complains where ${name} does`, async () => {
      const [, part = ""] =
        /^## Incorrect\n([\s\S]*?)^## /m.exec(readFileSync(`docs/rules/${name}.md`, "utf8")) ?? [];
      const [example] = readSpec(part);
      assert.ok(example);
      assert.notDeepEqual(await complaints("policy", example.input), []);
    });
  }
});

describe("the schema of configurations", () => {
  const cases: readonly (readonly [name: string, configuration: unknown])[] = [
    ["an empty one", {}],
    [
      "every setting",
      {
        preset: "strict",
        rules: { "missing-sid": "off" },
        kinds: { "a/**": "scp" },
        variables: { a: "b" },
        ignore: ["x/**"],
        suppressions: [
          {
            rule: "missing-sid",
            file: "**",
            reason: "x",
            sid: "A",
            pointer: "/Statement/0",
            expires: "2027-01-31",
          },
        ],
      },
    ],
    ["an unknown setting", { presets: "strict" }],
    ["an unknown preset", { preset: "loose" }],
    ["an unknown rule", { rules: { "missing-side": "off" } }],
    ["an unknown severity", { rules: { "missing-sid": "fatal" } }],
    ["an unknown kind", { kinds: { "a/**": "bucket" } }],
    ["a variable that is a number", { variables: { a: 1 } }],
    ["a glob that is none", { ignore: [1] }],
    ["globs without a list", { ignore: "x/**" }],
    ["a suppression without a reason", { suppressions: [{ rule: "missing-sid", file: "**" }] }],
    [
      "a suppression with an empty reason",
      { suppressions: [{ rule: "missing-sid", file: "**", reason: "" }] },
    ],
    ["a suppression of an unknown rule", { suppressions: [{ rule: "x", file: "**", reason: "x" }] }],
    [
      "a suppression until some day",
      { suppressions: [{ rule: "missing-sid", file: "**", reason: "x", expires: "soon" }] },
    ],
    [
      "a suppression with more",
      { suppressions: [{ rule: "missing-sid", file: "**", reason: "x", until: "2027-01-31" }] },
    ],
  ];
  for (const [name, configuration] of cases) {
    it(`says of ${name} what the reader says`, async () => {
      const text = JSON.stringify(configuration);
      const { problems } = readConfiguration(text, rules);
      const found = await complaints("config", text);
      assert.equal(
        found.length > 0,
        problems.length > 0,
        [...found, ...problems.map((it) => it.message)].join("\n"),
      );
    });
  }

  it("is asked about sound ones and mistaken ones", () => {
    const sound = cases.filter(
      ([, it]) => readConfiguration(JSON.stringify(it), rules).problems.length === 0,
    );
    assert.equal(sound.length, 2);
  });
});

function schemaOf(text: string): Schema | undefined {
  // The manifest of a template.
  if (/"variables"\s*:\s*\[/.test(text)) return undefined;
  if (/"tests"\s*:/.test(text)) return "test";
  if (/^\s*"(?:preset|suppressions|rules)"\s*:/m.test(text)) return "config";
  return /^\s*\{\s*(?:\/\/[^\n]*\s*)*"account"\s*:/.test(text) ? "account" : undefined;
}

function isPolicy(text: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(text), "Statement");
  } catch {
    return false;
  }
}

async function complaints(schema: Schema, text: string): Promise<readonly string[]> {
  const document = TextDocument.create(`file:///somewhere/${NAMES[schema]}`, "jsonc", 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document), {
    comments: "ignore",
    trailingCommas: "ignore",
  });
  return found.map(({ message, range }) => `${document.getText(range)}: ${message}`);
}
