/** Structure and layout as an editor asks for them: each request once, over the server as it ships. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { TextEdit } from "vscode-languageserver-protocol";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { positionsIn } from "../../server/src/workspace/positions.js";
import { startClient, type TestClient } from "./client.js";

const uri = "file:///workspace/policy.json";
const POLICY =
  '{"Version":"2012-10-17",\n"Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
const options = { tabSize: 2, insertSpaces: true };

describe("structure", () => {
  let client: TestClient;
  before(async () => {
    client = await startClient();
    client.open(uri, POLICY);
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });

  const ask = <R>(method: string, params: object = {}): Promise<R> =>
    client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...params });

  it("lays out a policy", async () => {
    const edits = await ask<TextEdit[]>("formatting", { options });
    assert.equal(apply(POLICY, edits), JSON.stringify(JSON.parse(POLICY), undefined, 2));
  });

  it("lays out the lines that are selected", async () => {
    const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 40 } };
    const edits = await ask<TextEdit[]>("rangeFormatting", { range, options });
    const lines = apply(POLICY, edits).split("\n");
    assert.deepEqual(lines.slice(0, 3), ['{"Version":"2012-10-17",', '  "Statement": [', "    {"]);
  });

  it("leaves JSON that is no policy to the editor", async () => {
    const other = { textDocument: { uri: "file:///workspace/package.json" }, options };
    client.open(other.textDocument.uri, '{"name":"x"}');
    assert.deepEqual(await ask("formatting", other), []);
  });
});

function apply(text: string, edits: readonly TextEdit[]): string {
  const { offset } = positionsIn(text);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText })),
  );
}
