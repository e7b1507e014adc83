import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { AccessTestOutcome } from "../../server/src/lsp/protocol.js";
import { closeAll, eventually, exampleAccount, extension } from "./editor.js";

describe("Access tests in the Test Explorer", () => {
  let api: Api;
  let tests: Api["accessTests"];
  let table: string;
  let analyst: vscode.Uri;
  before(async () => {
    api = await extension();
    tests = api.accessTests;
    const account = await exampleAccount("explorer");
    table = vscode.Uri.joinPath(account, "../role-table.access-test.json").toString();
    analyst = vscode.Uri.joinPath(account, "../policies/analyst_access.json");
    await tests.refresh();
  });
  afterEach(closeAll);

  const itemsOf = (collection: vscode.TestItemCollection): vscode.TestItem[] =>
    [...collection].map(([, item]) => item);
  const file = (): vscode.TestItem => {
    const item = tests.controller.items.get(table);
    assert.ok(
      item !== undefined,
      itemsOf(tests.controller.items)
        .map(({ id }) => id)
        .join(),
    );
    return item;
  };
  /** Of those that come out so, if that is asked: one change can lead to several runs. */
  const nextRun = (wanted?: AccessTestOutcome["outcome"]): Promise<readonly AccessTestOutcome[]> =>
    new Promise((resolve) => {
      const listening = tests.onDidRun((outcomes) => {
        if (wanted !== undefined && outcomes[0]?.outcome !== wanted) return;
        listening.dispose();
        resolve(outcomes);
      });
    });
  const run = async (
    profile: vscode.TestRunProfile,
    include: vscode.TestItem[],
  ): Promise<readonly AccessTestOutcome[]> => {
    const outcomes = nextRun();
    const source = new vscode.CancellationTokenSource();
    await profile.runHandler(new vscode.TestRunRequest(include, undefined, profile), source.token);
    return await outcomes;
  };

  it("finds every test with its place", () => {
    const children = itemsOf(file().children);
    assert.ok(children.length > 30);
    assert.equal(children[0]?.label, "01 View IAM policies · engineer");
    assert.equal(children[0]?.range?.start.line, 3);
    assert.equal(file().error, undefined);
  });

  it("runs a file and a single test, all green", async () => {
    const all = await run(tests.profiles.run, [file()]);
    assert.equal(all.length, file().children.size);
    assert.ok(all.every(({ outcome }) => outcome === "passed"));
    const [first] = itemsOf(file().children);
    assert.deepEqual(
      (await run(tests.profiles.run, [first as vscode.TestItem])).map(({ pointer }) => pointer),
      ["/tests/0"],
    );
  });

  it("measures which statements applied", async () => {
    await run(tests.profiles.coverage, [file()]);
  });

  it("watches: fails with the deciding statement after an edit that nobody saved, and is green again", async () => {
    const child = itemsOf(file().children).find(
      ({ label }) => label.startsWith("01") && label.endsWith("analyst"),
    );
    const source = new vscode.CancellationTokenSource();
    const request = new vscode.TestRunRequest(
      [child as vscode.TestItem],
      undefined,
      tests.profiles.run,
      true,
    );
    const first = nextRun();
    await tests.profiles.run.runHandler(request, source.token);
    assert.equal((await first)[0]?.outcome, "passed");

    const document = await vscode.workspace.openTextDocument(analyst);
    const before = document.getText();
    const write = (text: string): Thenable<boolean> => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(analyst, new vscode.Range(0, 0, document.lineCount, 0), text);
      return vscode.workspace.applyEdit(edit);
    };
    const broken = nextRun("failed");
    await write(
      '{ "Version": "2012-10-17",\n  "Statement": [{ "Sid": "No", "Effect": "Deny", "Action": "*", "Resource": "*" }] }\n',
    );
    const [failed] = await broken;
    assert.equal(failed?.outcome, "failed");
    const [message] = failed?.messages ?? [];
    assert.match(message?.message ?? "", /Statement `No` of `analyst_access`/);
    assert.equal(vscode.Uri.parse(message?.place?.uri ?? "").fsPath, analyst.fsPath);
    assert.equal(message?.place?.range.start.line, 1);

    const repaired = nextRun("passed");
    await write(before);
    assert.equal((await repaired)[0]?.outcome, "passed");
    source.cancel();
  });

  it("follows folders that are renamed and deleted", async () => {
    const from = vscode.Uri.joinPath(await exampleAccount("explorer-before"), "..");
    const to = vscode.Uri.joinPath(from, "../explorer-after");
    const own = (folder: vscode.Uri) => () =>
      itemsOf(tests.controller.items).filter(({ id }) => id.startsWith(`${folder}/`)).length;
    await eventually(own(from), (count) => count === 2);
    await vscode.workspace.fs.rename(from, to);
    await eventually(own(to), (count) => count === 2);
    await eventually(own(from), (count) => count === 0);
    await vscode.workspace.fs.delete(to, { recursive: true });
    await eventually(own(to), (count) => count === 0);
  });

  it("shows what is wrong in a file of tests", async () => {
    const uri = vscode.Uri.joinPath(analyst, "../../broken.access-test.json");
    await vscode.workspace.fs.writeFile(
      uri,
      Buffer.from('{ "account": "gone.json", "tests": [{ "name": "A" }] }'),
    );
    await tests.refresh();
    const item = await eventually(
      () => tests.controller.items.get(uri.toString()),
      (it) => it !== undefined,
    );
    assert.match(String(item?.error), /gone\.json/);
    const [outcome] = await run(tests.profiles.run, [item as vscode.TestItem]);
    assert.equal(outcome?.outcome, "error");
    await vscode.workspace.fs.delete(uri);
  });
});
