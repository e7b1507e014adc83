/** Nothing is stated twice: what is generated is as the generator writes it now. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";

describe("generated files", () => {
  it("are up to date", async () => {
    // Not bundled: the generator finds its own files beside it.
    const generator = `${process.cwd()}/tools/generate/generate.mjs`;
    const { outdated } = (await import(generator)) as typeof import("../tools/generate/generate.mjs");
    const paths = (await outdated()).map(({ path }) => path);
    assert.deepEqual(paths, [], "run `npm run generate` and commit what it writes");
  });
});
