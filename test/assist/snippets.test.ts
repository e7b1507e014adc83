/**
 * Every statement of `snippets/`: filled in with what it proposes it is a statement that draws neither an error nor a
 * warning, in every kind of policy that it is for; and what the server offers is what the file has.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { toPlainText } from "../../server/src/assist/snippet-text.js";
import { statementShapes } from "../../server/src/assist/statement-shapes.js";
import { defaultConfiguration } from "../../server/src/lint/configuration.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { analyse } from "../../server/src/workspace/analysis.js";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";

interface Snippet {
  readonly prefix?: string;
  readonly description: string;
  readonly body: readonly string[];
}

const files = globSync("snippets", /\.json$/);
const snippets = files.flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Snippet>),
);
const configuration = defaultConfiguration(rules);

describe("snippets", () => {
  it("are many, and each has a name of its own", () => {
    assert.ok(snippets.length >= 100);
    assert.equal(new Set(snippets.map(([name]) => name)).size, snippets.length);
  });

  it("are all offered by the server, and the server offers no others", () => {
    assert.deepEqual(
      statementShapes()
        .map(({ name }) => name)
        .sort(),
      snippets.map(([name]) => name).sort(),
    );
  });

  it("are contributed to VS Code, for its command alone: a prefix would double what the server offers", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    const contributed = contributes.snippets as readonly {
      readonly language: string;
      readonly path: string;
    }[];
    for (const language of ["iam-policy", "json", "jsonc", "markdown"]) {
      const paths = contributed.filter((it) => it.language === language).map(({ path }) => path);
      assert.deepEqual(paths.sort(), files.map((it) => `./${it}`).sort());
    }
    assert.deepEqual(
      snippets.filter(([, { prefix }]) => prefix !== undefined),
      [],
    );
  });

  for (const [name, { body, description }] of snippets) {
    const shape = statementShapes().find((it) => it.name === name);
    it(name, () => {
      assert.match(description, /^[A-Z].*[^.]$/);
      const expanded = expand(body.join("\n"));
      assert.deepEqual(JSON.parse(toPlainText(JSON.stringify(shape?.statement))), JSON.parse(expanded));
      const text = `{ "Version": "2012-10-17", "Statement": [${expanded}] }`;
      for (const kind of shape?.kinds ?? []) {
        const { findings } = analyse({
          text,
          language: "json",
          path: "policy.json",
          configuration,
          catalogue: realCatalogue(),
          kind,
          today: "2026-01-01",
        });
        const serious = findings.filter(({ severity }) => severity === "error" || severity === "warning");
        assert.deepEqual(
          serious.map(({ rule, message }) => `${kind}: ${rule.name}: ${message}`),
          [],
          text,
        );
      }
    });
  }
});

/** As VS Code fills it in when nobody types anything. */
function expand(body: string): string {
  return body.replace(/\\([\\$}])|\$\{\d+(?::([^}]*))?\}/g, (_, plain, proposal) => plain ?? proposal ?? "");
}
