/** The invariants of docs/architecture.md, held over the sources themselves. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "node:test";
import { globSync } from "../tools/glob.mjs";

/** What each folder of server/src may import from; a folder may always import from itself. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  syntax: [],
  policy: ["syntax"],
  catalogue: ["syntax", "policy"],
  lint: ["syntax", "policy", "catalogue"],
  assist: ["syntax", "policy", "catalogue"],
  evaluate: ["syntax", "policy", "catalogue"],
  account: ["syntax", "policy", "catalogue", "evaluate"],
  scaffold: ["syntax", "policy", "catalogue", "lint", "account"],
  aws: ["syntax", "policy", "lint", "evaluate", "account"],
  workspace: ["syntax", "policy", "catalogue", "lint", "assist", "evaluate", "account", "scaffold"],
  lsp: ["workspace", "scaffold", "assist", "lint", "evaluate", "account", "catalogue", "policy", "syntax"],
  cli: ["workspace", "scaffold", "assist", "lint", "evaluate", "account", "catalogue", "policy", "syntax"],
  node: ["workspace", "scaffold", "account", "catalogue", "policy"],
  // The composition roots, at the top of server/src.
  ".": ["node", "lsp", "cli", "workspace", "scaffold", "account", "catalogue", "policy", "aws"],
};
const PURE = ["syntax", "policy", "catalogue", "lint", "assist", "evaluate", "account", "scaffold"];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const imports = [...globSync("server/src", /\.ts$/), ...globSync("client/src", /\.ts$/)].flatMap(importsOf);

describe("architecture", () => {
  it("has layers, and nothing imports upwards or sideways", () => {
    assert.ok(imports.length > 100);
    for (const { file, folder, from } of imports) {
      if (!file.startsWith("server/src/") || !from.startsWith("server/src/")) continue;
      const target = folderOf(from);
      const allowed = LAYERS[folder];
      assert.ok(allowed !== undefined, `${file}: the folder ${folder} is not on the map`);
      assert.ok(
        target === folder || allowed.includes(target),
        `${file} imports ${from}: ${folder} may not know ${target}`,
      );
    }
  });

  it("keeps the core pure: no editor, no Node, no SDK", () => {
    for (const { file, folder, from } of imports) {
      if (!file.startsWith("server/src/") || !PURE.includes(folder)) continue;
      assert.doesNotMatch(from, /^(?:node:|vscode|@aws-sdk\/|@smithy\/)/, `${file} imports ${from}`);
    }
  });

  it("lets only aws talk to AWS", () => {
    for (const { file, folder, from } of imports) {
      if (/^@(?:aws-sdk|smithy)\//.test(from)) assert.equal(folder, "aws", `${file} imports ${from}`);
    }
  });

  it("lets the client know the server's protocol, and nothing else of it", () => {
    for (const { file, from, typeOnly } of imports) {
      if (!file.startsWith("client/src/") || !from.startsWith("server/")) continue;
      assert.ok(typeOnly, `${file} imports ${from} as code`);
    }
  });

  it("takes no clock and no randomness into the core", () => {
    for (const file of globSync("server/src", /\.ts$/)) {
      if (!PURE.includes(folderOf(file))) continue;
      const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      assert.doesNotMatch(
        code,
        /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bglobalThis\b|\bfetch\(/,
        file,
      );
    }
  });

  it("opens every module with a line on what it is", () => {
    for (const file of [...globSync("server/src", /\.ts$/), ...globSync("client/src", /\.ts$/)]) {
      if (/\/lint\/rules\//.test(file)) continue;
      assert.match(readFileSync(file, "utf8"), /^\/\*\*/, `${file} does not say what it is`);
    }
  });

  it("keeps rule files small", () => {
    const lengths = globSync("server/src/lint/rules", /rules\/[a-z]+\/.*\.ts$/)
      .map((file) => readFileSync(file, "utf8").split("\n").length)
      .sort((a, b) => a - b);
    const median = lengths[lengths.length >> 1] ?? 0;
    assert.ok(median < 60, `the median rule file has ${median} lines`);
  });

  it("names no file utils, helpers or manager", () => {
    for (const folder of ["server", "client", "tools", "test"]) {
      for (const file of globSync(folder, /(?:utils?|helpers?|manager|common|misc)\.(?:ts|mjs)$/)) {
        assert.fail(`${file}: a helper lives with the thing that it helps`);
      }
    }
  });

  it("needs nothing outside the repository", () => {
    for (const folder of ["server", "client", "tools", "test", "examples", "docs"]) {
      for (const file of globSync(folder, /\.(?:ts|mjs|json|md)$/)) {
        assert.doesNotMatch(readFileSync(file, "utf8"), /\.\.\/shared\/|work\/shared/, file);
      }
    }
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...found].map(([, type, named, dynamic]) => {
    const specifier = named ?? dynamic ?? "";
    const from = specifier.startsWith(".")
      ? posix.normalize(posix.join(posix.dirname(file), specifier)).replace(/\.js$/, ".ts")
      : specifier;
    return { file, folder: folderOf(file), from, typeOnly: type !== undefined };
  });
}

/** The folder below server/src, or `.` for files directly in it. */
function folderOf(file: string): string {
  return /^server\/src\/([^/]+)\//.exec(file)?.[1] ?? ".";
}
