/** The schema of `template.json`, as VS Code applies it, against what our own reader says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { POLICY_KINDS } from "../../server/src/policy/words.js";
import { VARIABLE_TYPES } from "../../server/src/scaffold/variable-types.js";
import { shipped } from "./site.js";

const PATH = "schemas/template.schema.json";
const schema = JSON.parse(readFileSync(PATH, "utf8"));
const service = getLanguageService({
  schemaRequestService: async (uri) => readFileSync(new URL(uri), "utf8"),
});
service.configure({ schemas: [{ uri: pathToFileURL(PATH).href, fileMatch: ["**/template.json"] }] });

async function complaints(text: string): Promise<readonly string[]> {
  const document = TextDocument.create("file:///own/template.json", "jsonc", 1, text);
  const settings = { comments: "ignore", trailingCommas: "ignore" } as const;
  const found = await service.doValidation(document, service.parseJSONDocument(document), settings);
  return found.map(({ message }) => String(message));
}

describe("the schema of templates", () => {
  it("has the types and kinds that the reader has", () => {
    assert.deepEqual(schema.definitions.variable.properties.type.enum, [...VARIABLE_TYPES]);
    assert.deepEqual(schema.properties.kind.enum, [...POLICY_KINDS]);
  });

  it("takes every template that ships, and the one of the page", async () => {
    for (const [name, folder] of shipped)
      assert.deepEqual(await complaints(folder.get("template.json")!), [], name);
    const page = readFileSync("docs/templates.md", "utf8");
    const [, example = ""] = /```jsonc\n([\s\S]*?)```/.exec(page) ?? [];
    assert.match(example, /"variables"/);
    assert.deepEqual(await complaints(example), []);
  });

  it("refuses what the reader refuses", async () => {
    const text = shipped.get("bucket-tls-only")!.get("template.json")!;
    const wrong = [
      ['"resource"', '"resorce"'],
      ['"bucket-name"', '"bucketname"'],
      ['"example"', '"exmaple"'],
      ['"remember": false', '"remember": "no"'],
      ['"title": "Bucket"', '"title": ""'],
      ['"files"', '"file"'],
    ] as const;
    for (const [from, to] of wrong) {
      assert.ok(text.includes(from), from);
      assert.notDeepEqual(await complaints(text.replace(from, to)), [], to);
    }
  });
});
