/** What the server says, as Markdown that reads the same. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { asMarkdown } from "../../client/src/as-markdown.js";

describe("Sentences as Markdown", () => {
  it("keep code as code", () => {
    assert.equal(asMarkdown("Statement `No` of `a_b`"), "Statement `No` of `a_b`");
  });

  it("mean nothing else", () => {
    assert.equal(
      asMarkdown("on arn:aws:s3:::*/* [x](y) <aws-account-id>"),
      "on arn:aws:s3:::\\*/\\* \\[x\\]\\(y\\) \\<aws\\-account\\-id\\>",
    );
    assert.equal(asMarkdown("a lone ` tick"), "a lone \\` tick");
  });

  it("keep their lines apart", () => {
    assert.equal(asMarkdown("first\nsecond"), "first\n\nsecond");
  });
});
