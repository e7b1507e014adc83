/** The legend of semantic tokens is stated three times: in the code, on the page, and for themes without rules for it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../server/src/assist/semantic-tokens.js";

it("every type of token is on the page and has scopes for themes, and every modifier is declared", () => {
  const page = readFileSync("docs/at-a-glance.md", "utf8");
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const [{ language, scopes }] = contributes.semanticTokenScopes;
  assert.equal(language, "iam-policy");
  for (const type of TOKEN_TYPES) {
    assert.match(page, new RegExp(`^\\| \`${type}\``, "m"));
    assert.ok(scopes[type]?.length > 0, type);
  }
  for (const selector of Object.keys(scopes)) {
    const [type, ...modifiers] = selector.split(".");
    assert.ok(
      TOKEN_TYPES.some((it) => it === type),
      selector,
    );
    assert.ok(
      modifiers.every((it) => TOKEN_MODIFIERS.some((known) => known === it)),
      selector,
    );
  }
  assert.deepEqual(
    contributes.semanticTokenModifiers.map(({ id }: { id: string }) => id),
    [...TOKEN_MODIFIERS],
  );
});
