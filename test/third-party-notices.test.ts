/** What ships carries the licences of what it is made of, and nothing that would bind who ships it. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { bundledPackages, thirdPartyNotices } from "../tools/third-party-notices.mjs";

describe("the notices of what others made", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "iam-policy-notices-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const notices = (packages: Record<string, { licence?: unknown; files?: Record<string, string> }>): string =>
    thirdPartyNotices(
      Object.entries(packages).map(([name, { licence, files = {} }]) => {
        const home = join(mkdtempSync(join(folder, "case-")), name);
        mkdirSync(home);
        writeFileSync(
          join(home, "package.json"),
          JSON.stringify({ name, version: "1.0.0", license: licence }),
        );
        for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text);
        return home;
      }),
    );

  it("name every package with its text, and a text once", () => {
    const same = { licence: "MIT", files: { "LICENSE.md": "Copyright Ana\r\n" } };
    const other = {
      licence: "ISC",
      files: { license: "Copyright Ben", "ThirdPartyNotices.txt": "From Cleo" },
    };
    assert.equal(
      notices({ one: same, two: same, three: other }),
      `IAM Policy Studio carries these packages, each under its own licence.

one 1.0.0 (MIT)
two 1.0.0 (MIT)

Copyright Ana

${"-".repeat(80)}

three 1.0.0 (ISC)

Copyright Ben

From Cleo
`,
    );
  });

  it("cannot be made for a licence that is not permissive, or not stated", () => {
    const files = { LICENSE: "Whatever" };
    assert.throws(
      () =>
        notices({
          free: { licence: "AGPL-3.0", files },
          odd: { files },
          old: { licence: { type: "MIT" }, files },
        }),
      {
        message: /^These packages cannot be shipped\.\nfree: .* AGPL-3\.0, .*\nodd: .* not stated, .*\nold: /,
      },
    );
  });

  it("cannot be made without the text, but for a text that is the same for all", () => {
    const apache = { licence: "Apache-2.0", files: { LICENSE: "Apache" } };
    assert.match(notices({ one: apache, two: { licence: "Apache-2.0" } }), /^two 1\.0\.0 \(Apache-2\.0\)$/m);
    assert.throws(() => notices({ two: { licence: "Apache-2.0" } }), /two: .* no text/);
    assert.throws(() => notices({ one: { licence: "MIT" } }), /one: .* no text/);
  });

  it("are those of what is in a bundle, wherever it is installed", () => {
    const inputs = {
      "server/src/main-cli.ts": { bytesInOutput: 1 },
      "node_modules/a/index.js": { bytesInOutput: 5 },
      "node_modules/a/node_modules/@b/c/lib/index.js": { bytesInOutput: 5 },
      "node_modules/shaken/index.js": { bytesInOutput: 0 },
    };
    const metafile = { outputs: { "out/x.cjs": { inputs } } };
    assert.deepEqual(bundledPackages([metafile, metafile]), [
      "node_modules/a",
      "node_modules/a/node_modules/@b/c",
    ]);
  });

  it("are packed into the extension", () => {
    assert.match(readFileSync(".vscodeignore", "utf8"), /^!out\/THIRD-PARTY-NOTICES\.txt$/m);
  });
});
