/** Completion as an editor asks for it: before findings, in any file that may hold a policy. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import type { CompletionList } from "vscode-languageserver-protocol";
import { checking } from "../../server/src/lsp/checking.js";
import { startClient, type TestClient } from "./client.js";

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": ["s3:`;

describe("completion in an editor", () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await startClient();
  });
  afterEach(() => client.stop());

  const complete = (uri: string): Promise<CompletionList> =>
    client.connection.sendRequest("textDocument/completion", {
      textDocument: { uri },
      position: { line: 9999, character: 0 },
    });

  it("is answered before the text is checked, once somebody asks with every key", async () => {
    const uri = "file:///workspace/policy.json";
    client.open(uri, POLICY);
    await client.diagnostics(uri);
    await complete(uri);
    const order: string[] = [];
    for (const letters of ["G", "Ge", "Get"]) {
      client.change(uri, POLICY + letters);
      const answer = complete(uri).then(({ items }) => {
        order.push("offers");
        assert.ok(items.some(({ label }) => label === "s3:GetObject"));
      });
      await Promise.all([answer, client.diagnostics(uri).then(() => void order.push("findings"))]);
    }
    assert.deepEqual(order, ["offers", "findings", "offers", "findings", "offers", "findings"]);
  });

  it("knows the names in the nearest account file, as they are now", async () => {
    const uri = "file:///workspace/policies/deep/policy.json";
    const account = (bucket: string) => `{ "account": "111122223333", "buckets": { "${bucket}": {} } }`;
    client.files.set("/workspace/iam-account.json", account("far"));
    client.files.set("/workspace/policies/iam-account.json", account("near"));
    client.open(uri, `${POLICY}ListBucket"], "Resource": "`);
    const labels = async () => (await complete(uri)).items.map(({ label }) => label);
    assert.ok((await labels()).includes("arn:aws:s3:::near"));
    assert.ok(!(await labels()).includes("arn:aws:s3:::far"));
    client.open("file:///workspace/policies/iam-account.json", account("nearer"));
    assert.ok((await labels()).includes("arn:aws:s3:::nearer"));
  });

  for (const uri of ["untitled:Untitled-1", "file:///workspace/some.json", "file:///c%3A/x/Policy.JSON"]) {
    it(`is there in ${uri}`, async () => {
      client.open(uri, POLICY);
      const { items } = await complete(uri);
      assert.ok(items.some(({ label }) => label === "s3:GetObject"));
    });
  }
});

describe("checking", () => {
  let checked: string[];
  const started = () => checking((uris) => void checked.push(...uris));
  beforeEach(() => {
    checked = [];
    mock.timers.enable({ apis: ["setTimeout", "setImmediate"] });
  });
  afterEach(() => mock.timers.reset());

  it("comes at once, and once for all changes that came together", () => {
    const documents = started();
    documents.changed("a");
    documents.changed("b");
    documents.changed("a");
    mock.timers.tick(0);
    assert.deepEqual(checked, ["a", "b"]);
  });

  it("waits a moment behind an answer, and for the next question where one is expected", () => {
    const documents = started();
    documents.changed("a");
    documents.answered("a");
    mock.timers.tick(9);
    documents.changed("a");
    mock.timers.tick(9);
    assert.deepEqual(checked, []);
    mock.timers.tick(1);
    assert.deepEqual(checked, ["a"]);
  });

  it("waits only once for a question that does not come", () => {
    const documents = started();
    documents.answered("a");
    documents.changed("a");
    mock.timers.tick(10);
    documents.changed("a");
    mock.timers.tick(0);
    assert.deepEqual(checked, ["a", "a"]);
  });
});
