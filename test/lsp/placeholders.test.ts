/** Placeholders in an editor: what they stand for comes from the account file as it stands there, saved or not. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { CodeAction, CompletionList, Hover } from "vscode-languageserver";
import { startClient, type TestClient } from "./client.js";

const POLICY = "file:///workspace/aws/policies/read.json";
const ACCOUNT = "file:///workspace/aws/iam-account.json";
const TEXT =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<name>-source/*" }] }';
const account = (name: string) => `{ "account": "111122223333", "variables": { "name": "${name}" } }`;

describe("placeholders", () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const start = async (files: Readonly<Record<string, string>>) => {
    client = await startClient({ files: new Map(Object.entries(files)) });
    client.open(POLICY, TEXT);
    await client.diagnostics(POLICY);
  };
  const ask = <T>(method: string, at: string, more: object = {}): Promise<T> => {
    const position = { line: 0, character: TEXT.indexOf(at) + 2 };
    return client.connection.sendRequest(method, { textDocument: { uri: POLICY }, position, ...more });
  };
  const hovered = async () =>
    JSON.stringify((await ask<Hover>("textDocument/hover", "<name>")).contents).replaceAll("\\n", "\n");

  it("stand for what the nearest account says, over the configuration", async () => {
    await start({
      "/workspace/aws/iam-account.json": account("one"),
      "/workspace/iam-account.json": account("far"),
      "/workspace/iam-policy.config.json": '{ "variables": { "name": "configured", "team": "data" } }',
    });
    assert.match(await hovered(), /It stands for `?one/);
    client.change(POLICY, TEXT.replace("<name>", "<"));
    await client.diagnostics(POLICY);
    const { items } = await ask<CompletionList>("textDocument/completion", "<name>", {
      position: { line: 0, character: TEXT.indexOf("<name>") + 1 },
    });
    const offered = Object.fromEntries(items.map(({ label, detail }) => [label, detail]));
    assert.equal(offered["<name>"], "one");
    assert.equal(offered["<team>"], "data");
    assert.equal(offered["<aws-account-id>"], "111122223333");
  });

  it("follow the account while it is written", async () => {
    await start({ "/workspace/aws/iam-account.json": account("one") });
    client.open(ACCOUNT, account("two"), "jsonc");
    await client.nextDiagnostics(POLICY);
    assert.match(await hovered(), /It stands for `?two/);
    client.change(ACCOUNT, '{ "account": "111122223333" ');
    await client.nextDiagnostics(POLICY);
    assert.match(await hovered(), /neither the account file nor the configuration has one/);
  });

  it("are filled by a quick fix", async () => {
    await start({ "/workspace/aws/iam-account.json": account("one") });
    const { diagnostics } = await client.diagnostics(POLICY);
    const open = diagnostics.filter(({ code }) => code === "unresolved-placeholder");
    assert.equal(open.length, 1);
    const actions = await ask<CodeAction[]>("textDocument/codeAction", "<name>", {
      range: open[0]!.range,
      context: { diagnostics: open },
    });
    assert.ok(actions.some(({ title }) => title === "Fill in `one`"));
  });

  it("have no value where there is no account", async () => {
    await start({});
    assert.match(await hovered(), /neither the account file nor the configuration has one/);
  });
});
