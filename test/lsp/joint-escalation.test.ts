/** Several policies of one holder, in an editor: the account's problems follow every policy that it names. */
import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import { startClient, type TestClient } from "./client.js";

const FOLDER = "/workspace";
const ACCOUNT = `file://${FOLDER}/iam-account.json`;
const DEPLOY = `file://${FOLDER}/policies/deploy.json`;
const allowing = (...Action: readonly string[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }, null, 2);
const PASS = allowing("iam:PassRole");
const READ = allowing("iam:GetRole");
const TEXT = JSON.stringify({
  account: "111122223333",
  policies: { functions: "policies/functions.json", deploy: "policies/deploy.json" },
  users: { ana: { policies: ["functions", "deploy"] } },
});

describe("the problems of an account", () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const start = async (deploy: string) => {
    client = await startClient({
      initializationOptions: { asksForReasons: true },
      files: new Map([
        [`${FOLDER}/iam-account.json`, TEXT],
        [`${FOLDER}/policies/functions.json`, allowing("lambda:CreateFunction", "lambda:InvokeFunction")],
        [`${FOLDER}/policies/deploy.json`, deploy],
      ]),
    });
  };
  const found = async (known: boolean): Promise<Diagnostic | undefined> => {
    for (;;) {
      const { diagnostics } = await client.nextDiagnostics(ACCOUNT);
      const joint = diagnostics.find(({ code }) => code === "privilege-escalation");
      if ((joint !== undefined) === known) return joint;
    }
  };

  it("are there without opening anything, with the places in the other files", async () => {
    await start(PASS);
    const joint = await client.diagnostics(ACCOUNT).then(({ diagnostics }) => diagnostics[0]);
    assert.match(String(joint?.message), /^Together, `functions` and `deploy` let `user\/ana` /);
    assert.equal(joint?.range.start.character, TEXT.indexOf('"deploy"]'));
    const [, , deploy] = joint?.relatedInformation ?? [];
    assert.equal(deploy?.location.uri, DEPLOY);
    assert.equal(
      deploy?.location.range.start.line,
      PASS.split("\n").findIndex((it) => it.includes("iam:")),
    );
  });

  it("follow a policy that is open and not saved", async () => {
    await start(READ);
    client.open(DEPLOY, PASS);
    await found(true);
    client.change(DEPLOY, READ);
    await found(false);
  });

  it("follow a policy that changes on disk", async () => {
    await start(READ);
    client.files.set(`${FOLDER}/policies/deploy.json`, PASS);
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: DEPLOY, type: 2 }],
    });
    await found(true);
  });

  it("follow the account itself while it is written, and can be suppressed", async () => {
    await start(PASS);
    await found(true);
    const text = TEXT.replace('"functions","deploy"]', '"functions", "deploy"]');
    client.open(ACCOUNT, TEXT.replace(',"deploy"]', "]"), "jsonc");
    await found(false);
    client.change(ACCOUNT, text);
    const joint = await found(true);
    assert.equal(joint?.range.start.character, text.indexOf('"deploy"]'));
    const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri: ACCOUNT },
      range: joint.range,
      context: { diagnostics: [joint] },
    });
    assert.ok(
      actions.some(({ title }) => /suppress/i.test(title)),
      actions.map(({ title }) => title).join(),
    );
  });
});
