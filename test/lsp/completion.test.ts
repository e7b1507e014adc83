/** Completion as an editor asks for it: before findings, in any file that may hold a policy. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import type { CompletionItem, CompletionList } from "vscode-languageserver-protocol";
import { checking } from "../../server/src/lsp/checking.js";
import { realCatalogue } from "../catalogue/real.js";
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

  it("offers all actions of S3, to any editor", async () => {
    const uri = "file:///workspace/policy.json";
    client.open(uri, POLICY);
    const labels = (await complete(uri)).items.map(({ label }) => label);
    const actions = realCatalogue().service("s3")?.actions.values() ?? [];
    assert.deepEqual(
      [...actions].map(({ fullName }) => fullName).filter((name) => !labels.includes(name)),
      [],
    );
  });

  it("says once what nearly all offers replace, to those who understand it", async () => {
    const list = { completionList: { itemDefaults: ["editRange"] } };
    const light = await startClient({ capabilities: { textDocument: { completion: list } } });
    try {
      const uri = "file:///workspace/policy.json";
      for (const it of [client, light]) it.open(uri, `${POLICY}GetO`);
      const whole = await complete(uri);
      const short: CompletionList = await light.connection.sendRequest("textDocument/completion", {
        textDocument: { uri },
        position: { line: 9999, character: 0 },
      });
      const editRange = short.itemDefaults?.editRange;
      assert.ok(editRange !== undefined && "start" in editRange);
      const spelled = short.items.map(({ textEditText, ...item }) => ({
        ...item,
        textEdit: item.textEdit ?? { range: editRange, newText: textEditText ?? item.label },
      }));
      assert.equal(whole.itemDefaults, undefined);
      assert.deepEqual(spelled, whole.items);
      assert.ok(JSON.stringify(short).length < 0.7 * JSON.stringify(whole).length);
    } finally {
      light.stop();
    }
  });

  it("tells about an offer once it is looked at", async () => {
    const uri = "file:///workspace/policy.json";
    client.open(uri, `${POLICY}GetObject`);
    const { items } = await complete(uri);
    const item = items.find(({ label }) => label === "s3:GetObject");
    assert.equal(item?.documentation, undefined);
    const resolved: CompletionItem = await client.connection.sendRequest("completionItem/resolve", item);
    assert.match(JSON.stringify(resolved.documentation), /s3:GetObject/);
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
    mock.timers.tick(29);
    documents.changed("a");
    mock.timers.tick(29);
    assert.deepEqual(checked, []);
    mock.timers.tick(1);
    assert.deepEqual(checked, ["a"]);
  });

  it("waits only once for a question that does not come", () => {
    const documents = started();
    documents.answered("a");
    documents.changed("a");
    mock.timers.tick(29);
    mock.timers.tick(1);
    documents.changed("a");
    mock.timers.tick(0);
    assert.deepEqual(checked, ["a", "a"]);
  });
});
