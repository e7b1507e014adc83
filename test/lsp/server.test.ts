/** The language server as an editor sees it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  Hover,
  TextDocumentEdit,
  TextEdit,
} from "vscode-languageserver-protocol";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { positionsIn } from "../../server/src/workspace/positions.js";
import { startClient, type TestClient } from "./client.js";

const ENGINEER = readFileSync("examples/workspace/policies/engineer_access.json", "utf8");
const uri = "file:///workspace/policies/engineer_access.json";

describe("language server", () => {
  let client: TestClient;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  it("shows the missing comma of the engineer policy, its page, and the findings behind it", async () => {
    client.open(uri, ENGINEER);
    const { diagnostics, version } = await client.diagnostics(uri);
    assert.equal(version, 1);
    const commas = diagnostics.filter(({ code }) => code === "missing-comma");
    assert.equal(commas.length, 1);
    const line = ENGINEER.split("\n").findIndex((it) => it.includes("iam:GetAccessKeyLastUsed"));
    assert.equal(commas[0]?.range.end.line, line);
    assert.match(commas[0]?.codeDescription?.href ?? "", /missing-comma\.md$/);
    assert.ok(diagnostics.some(({ range, code }) => code !== "missing-comma" && range.start.line < line));
  });

  it("inserts the comma and nothing else", async () => {
    client.open(uri, ENGINEER);
    const { diagnostics } = await client.diagnostics(uri);
    const comma = diagnostics.find(({ code }) => code === "missing-comma") as Diagnostic;
    const actions = await codeActions(client, uri, comma);
    const [action] = actions.filter(({ diagnostics: of }) =>
      of?.some(({ code }) => code === "missing-comma"),
    );
    assert.equal(action?.title, "Insert the comma");
    assert.equal(action?.isPreferred, true);
    assert.equal(apply(ENGINEER, action), ENGINEER.replace('AccessKeyLastUsed"\n', 'AccessKeyLastUsed",\n'));
  });

  it("applies all safe fixes at once", async () => {
    client.open(uri, ENGINEER);
    const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: whole,
      context: { diagnostics: [], only: ["source.fixAll.iamPolicy"] },
    });
    assert.equal(actions.length, 1);
    assert.doesNotThrow(() => JSON.parse(apply(ENGINEER, actions[0])));
  });

  it("says nothing about JSON that is no policy", async () => {
    const other = "file:///workspace/package.json";
    client.open(other, '{ "name": "x", "version": "1.0.0", }');
    assert.deepEqual((await client.diagnostics(other)).diagnostics, []);
  });

  it("knows the policies in a Markdown document, and nothing else of it", async () => {
    const notes = "file:///workspace/notes.md";
    const text = `# A {"Statement":[

\`\`\`json
{"Statement":[{"Effect":"Allow" "Action":"s3:GetObject","Resource":"*"}]}
\`\`\`

\`\`\`json
{"a":[1,2]}
\`\`\`
`;
    client.open(notes, text, "markdown");
    const { diagnostics } = await client.diagnostics(notes);
    assert.deepEqual([...new Set(diagnostics.map(({ range }) => range.start.line))], [3]);
    const comma = diagnostics.find(({ code }) => code === "missing-comma") as Diagnostic;
    const action = (await codeActions(client, notes, comma)).find(
      ({ title }) => title === "Insert the comma",
    );
    assert.equal(apply(text, action), text.replace('"Allow" ', '"Allow", '));
    const layout: TextEdit[] = await client.connection.sendRequest("textDocument/formatting", {
      textDocument: { uri: notes },
      options: { tabSize: 2, insertSpaces: true, insertFinalNewline: true },
    });
    // What is torn stays as it is, and so does what is no policy.
    assert.deepEqual(
      layout.filter(({ range }) => range.start.line !== 3),
      [],
    );
    const whole = text.replace('"Allow" ', '"Allow",');
    client.change(notes, whole);
    const actions = await codeActions(client, notes, comma);
    const laidOut = apply(
      whole,
      actions.find(({ title }) => title === "Lay out the policy"),
    );
    assert.ok(
      laidOut.startsWith(`${whole.slice(0, whole.indexOf('{"Statement":[{'))}{\n  "Statement": [\n`),
      laidOut,
    );
    assert.ok(laidOut.endsWith('{"a":[1,2]}\n```\n'));
    const position = { line: 3, character: text.split("\n")[3]!.indexOf("GetObject") + 3 };
    const textDocument = { uri: notes };
    const hover: Hover = await client.connection.sendRequest("textDocument/hover", {
      textDocument,
      position,
    });
    assert.match(JSON.stringify(hover.contents), /GetObject/);
    const offers: CompletionList = await client.connection.sendRequest("textDocument/completion", {
      textDocument,
      position,
    });
    assert.ok(offers.items.some(({ label }) => label === "s3:GetObjectAcl"));
  });

  it("takes the user's word for the kind of a policy", async () => {
    const doc = "file:///workspace/any.json";
    client.open(doc, '{ "Version": "2012-10-17", "Statement": [] }');
    await client.diagnostics(doc);
    const kind = () =>
      client.connection.sendRequest<{ kind: string; evidence: string }>("iamPolicy/kind", { uri: doc });
    assert.equal((await kind()).kind, "identity");
    await client.connection.sendRequest("iamPolicy/setKind", { uri: doc, kind: "scp" });
    assert.equal((await kind()).kind, "scp");
    await client.connection.sendRequest("workspace/executeCommand", {
      command: "iamPolicy/setKind",
      arguments: [doc],
    });
    assert.equal((await kind()).kind, "identity");
  });

  it("reads the configuration of the workspace and shows what is wrong in it", async () => {
    const path = "/workspace/iam-policy.config.json";
    client.files.set(path, '{ "rules": { "missing-comma": "off", "missing-coma": "off" } }');
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: `file://${path}`, type: 1 }],
    });
    client.change(uri, ENGINEER);
    const { diagnostics } = await client.diagnostics(uri);
    assert.ok(!diagnostics.some(({ code }) => code === "missing-comma"));
    const [problem] = (await client.diagnostics(`file://${path}`)).diagnostics;
    assert.match(String(problem?.message), /no rule `missing-coma`.*`missing-comma`/);
    client.files.delete(path);
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
  });

  const REDUNDANT =
    '{ "Version": "2012-10-17", "Statement": [{ "Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "s3:Get*"], "Resource": "*" }] }';
  const OFF = '{ "rules": { "redundant-action": "off" } }';
  const redundant = async (it: TestClient, document: string) =>
    (await it.diagnostics(document)).diagnostics.some(({ code }) => code === "redundant-action");

  it("hears of configurations that the editor makes, moves and deletes, whatever its watcher of files sees", async () => {
    const path = "/made/iam-policy.config.json";
    const telling = await startClient({ folder: "/made", initializationOptions: { checkWorkspace: false } });
    const { connection, files } = telling;
    const document = "file:///made/p.json";
    telling.open(document, REDUNDANT);
    assert.ok(await redundant(telling, document));
    const told = async (method: string, changed: object): Promise<boolean> => {
      const next = telling.nextDiagnostics(document);
      await connection.sendNotification(method, { files: [changed] });
      return (await next).diagnostics.some(({ code }) => code === "redundant-action");
    };
    files.set(path, OFF);
    assert.ok(!(await told("workspace/didCreateFiles", { uri: `file://${path}` })));
    files.delete(path);
    const elsewhere = { oldUri: `file://${path}`, newUri: "file:///made/other.json" };
    assert.ok(await told("workspace/didRenameFiles", elsewhere));
    files.set(path, OFF);
    const back = { oldUri: elsewhere.newUri, newUri: elsewhere.oldUri };
    assert.ok(!(await told("workspace/didRenameFiles", back)));
    files.delete(path);
    assert.ok(await told("workspace/didDeleteFiles", { uri: `file://${path}` }));
    telling.stop();
  });

  it("finds out by itself, when a document is opened or saved, that another configuration holds", async () => {
    const [one, two] = ["file:///unseen/a/p.json", "file:///unseen/a/q.json"];
    const unaware = await startClient({
      folder: "/unseen",
      initializationOptions: { checkWorkspace: false },
    });
    unaware.open(one, REDUNDANT);
    assert.ok(await redundant(unaware, one));
    unaware.files.set("/unseen/iam-policy.config.json", OFF);
    const first = unaware.nextDiagnostics(one);
    unaware.open(two, REDUNDANT);
    assert.ok(!(await redundant(unaware, two)));
    assert.ok(!(await first).diagnostics.some(({ code }) => code === "redundant-action"));
    unaware.files.delete("/unseen/iam-policy.config.json");
    const saved = unaware.nextDiagnostics(two);
    await unaware.connection.sendNotification("textDocument/didSave", { textDocument: { uri: one } });
    assert.ok((await saved).diagnostics.some(({ code }) => code === "redundant-action"));
    unaware.stop();
  });

  it("leaves syntax mistakes to an editor that reports them itself, but still repairs them", async () => {
    const keeping = await startClient({ initializationOptions: { syntaxReportedFor: ["json"] } });
    keeping.open(uri, ENGINEER);
    const { diagnostics } = await keeping.diagnostics(uri);
    assert.ok(!diagnostics.some(({ code }) => code === "missing-comma"));
    const line = ENGINEER.split("\n").findIndex((it) => it.includes("iam:ChangePassword"));
    const range = { start: { line: line - 1, character: 42 }, end: { line: line - 1, character: 42 } };
    const actions = await codeActions(keeping, uri, { range, message: "Expected comma" });
    assert.ok(actions.some(({ title }) => title === "Insert the comma"));
    keeping.stop();
  });

  it("answers a client that pulls, and pushes nothing to it", async () => {
    const pulling = await startClient({ capabilities: { textDocument: { diagnostic: {} } } });
    pulling.open(uri, ENGINEER);
    const report = await pulling.connection.sendRequest<{ kind: string; items: Diagnostic[] }>(
      "textDocument/diagnostic",
      {
        textDocument: { uri },
      },
    );
    assert.equal(report.kind, "full");
    assert.ok(report.items.some(({ code }) => code === "missing-comma"));
    pulling.stop();
  });

  it("checks the policies of the workspace that are not open, and again when they change", async () => {
    const path = "/elsewhere/policies/p.json";
    const files = new Map([
      [path, ENGINEER],
      ["/elsewhere/package.json", '{ "statement": 1 }'],
    ]);
    const checking = await startClient({ folder: "/elsewhere", files });
    assert.ok(
      (await checking.diagnostics(`file://${path}`)).diagnostics.some(({ code }) => code === "missing-comma"),
    );
    files.set(path, ENGINEER.replace('LastUsed"\n', 'LastUsed",\n'));
    const changed = checking.nextDiagnostics(`file://${path}`);
    await checking.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: `file://${path}`, type: 2 }],
    });
    assert.ok(!(await changed).diagnostics.some(({ code }) => code === "missing-comma"));
    const gone = checking.nextDiagnostics(`file://${path}`);
    await checking.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: `file://${path}`, type: 3 }],
    });
    assert.deepEqual((await gone).diagnostics, []);
    checking.stop();
  });

  it("writes a suppression with its reason into the configuration, and the finding is gone", async () => {
    const folder = "/suppressing";
    const doc = `file://${folder}/p.json`;
    const text =
      '{ "Version": "2012-10-17", "Statement": [{ "Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "s3:Get*"], "Resource": "*" }] }';
    const asking = await startClient({ folder, initializationOptions: { asksForReasons: true } });
    asking.open(doc, text);
    const { diagnostics } = await asking.diagnostics(doc);
    const redundant = diagnostics.find(({ code }) => code === "redundant-action") as Diagnostic;
    const actions = await codeActions(asking, doc, redundant);
    const command = actions.find(
      ({ command: it }) => it?.arguments?.[0]?.rule === "redundant-action",
    )?.command;
    assert.equal(command?.title, "Suppress redundant-action in `A`, because …");
    await asking.connection.sendRequest("iamPolicy/suppress", {
      ...command?.arguments?.[0],
      reason: "it documents intent",
    });
    const [edit] = asking.edits;
    const written =
      Object.values(edit?.changes ?? {}).flat()[0]?.newText ?? JSON.stringify(edit?.documentChanges);
    assert.match(written, /it documents intent/);
    const configuration = JSON.stringify({
      suppressions: [{ rule: "redundant-action", file: "p.json", sid: "A", reason: "it documents intent" }],
    });
    asking.open(`file://${folder}/iam-policy.config.json`, configuration);
    asking.change(doc, text);
    assert.ok(!(await asking.diagnostics(doc)).diagnostics.some(({ code }) => code === "redundant-action"));
    asking.stop();
  });

  it("answers nothing, and keeps running, for a document that is not open", async () => {
    const gone = "file:///workspace/gone.json";
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(await codeActions(client, gone, { range, message: "" }), []);
    assert.equal(await client.connection.sendRequest("iamPolicy/kind", { uri: gone }), null);
    assert.deepEqual(client.log, []);
  });
});

function codeActions(client: TestClient, document: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
  return client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri: document },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic] },
  });
}

function apply(text: string, action: CodeAction | undefined): string {
  const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  const positions = positionsIn(text);
  const edits = (change?.edits ?? []).flatMap((edit) =>
    "newText" in edit
      ? [
          {
            start: positions.offset(edit.range.start),
            end: positions.offset(edit.range.end),
            newText: edit.newText,
          },
        ]
      : [],
  );
  return applyEdits(text, edits);
}
