/** The schemas of accounts and access tests, as VS Code applies them, against what our own reader says of the same files. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";

const service = getLanguageService({
  workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
  schemaRequestService: async (uri) => readFileSync(new URL(uri), "utf8"),
});
const schemaUri = (name: string) => pathToFileURL(`schemas/${name}.schema.json`).href;
service.configure({
  schemas: [
    { uri: schemaUri("iam-account"), fileMatch: ["*iam-account.json"] },
    { uri: schemaUri("access-test"), fileMatch: ["*.access-test.json"] },
  ],
});

interface Case {
  readonly name: string;
  readonly account: unknown;
  readonly problems?: readonly string[];
}

describe("the schema of iam-account.json", () => {
  for (const file of readdirSync("test/account").filter((it) => it.endsWith(".json"))) {
    // A snapshot is AWS's format, and AWS's matter.
    if (file === "snapshot.json") continue;
    const { cases } = JSON.parse(readFileSync(`test/account/${file}`, "utf8")) as { cases: readonly Case[] };
    it(`takes every sound account of ${file}`, async () => {
      for (const { name, account, problems } of cases) {
        if (problems !== undefined) continue;
        assert.deepEqual(await complaints("iam-account.json", account), [], name);
      }
    });
  }

  it("complains about unknown names and wrong types too", async () => {
    const { cases } = JSON.parse(readFileSync("test/account/mistakes.json", "utf8")) as {
      cases: readonly Case[];
    };
    const found = cases.find(({ name }) => name.startsWith("members that mean nothing"));
    const places = await complaints("iam-account.json", found?.account);
    for (const word of ["acount", "group", "Property"]) {
      assert.ok(
        places.some((it) => it.includes(word)),
        `nothing about ${word}: ${places.join("; ")}`,
      );
    }
    assert.ok(places.length >= 9, places.join("\n"));
  });
});

describe("the schemas", () => {
  for (const folder of ["examples/workspace", "examples/workspace/corrected"]) {
    it(`take ${folder}`, async () => {
      const names = readdirSync(folder).filter((it) => /^iam-account\.json$|\.access-test\.json$/.test(it));
      assert.ok(names.length >= 3);
      for (const name of names)
        assert.deepEqual(await complaints(name, readFileSync(`${folder}/${name}`, "utf8")), [], name);
    });
  }

  it("ask a test to ask something", async () => {
    const empty = {
      account: "iam-account.json",
      tests: [{ name: "x", as: "user/ana", kan: "s3:GetObject" }],
    };
    const said = (await complaints("x.access-test.json", empty)).join("\n");
    assert.match(said, /kan/);
    assert.match(said, /can/);
  });

  it("are wired in the extension", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    const wired = contributes.jsonValidation.map((it: { fileMatch: string; url: string }) => [
      it.fileMatch,
      it.url,
    ]);
    for (const [match, name] of [
      ["iam-account.json", "iam-account"],
      ["*.access-test.json", "access-test"],
    ] as const) {
      const entry = wired.find(([it]: readonly [string, string]) => it === match);
      assert.equal(entry?.[1], `./schemas/${name}.schema.json`);
    }
  });
});

async function complaints(name: string, content: unknown): Promise<readonly string[]> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const document = TextDocument.create(`file:///somewhere/${name}`, "jsonc", 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document), {
    comments: "ignore",
    trailingCommas: "ignore",
  });
  return found.map(({ message, range }) => `${document.getText(range)}: ${message}`);
}
