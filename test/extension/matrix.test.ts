import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { Shown } from "../../client/src/matrix/messages.js";
import { closeAll, eventually, exampleAccount, extension } from "./editor.js";

describe("The permission matrix in the real editor", () => {
  let api: Api;
  let matrix: Api["matrix"];
  let account: vscode.Uri;
  before(async () => {
    api = await extension();
    matrix = api.matrix;
    account = await exampleAccount("matrix");
  });
  after(closeAll);

  const shows = (holds: (shown: Shown) => boolean): Promise<unknown> =>
    eventually(matrix.shown, (it) => it !== undefined && holds(it));

  it("shows every action that the policies name, for everybody, in a page of its own", async () => {
    await vscode.commands.executeCommand("iamPolicy.showMatrix", account);
    await shows(({ rows, columns, state }) => state === "complete" && rows > 30 && columns === 4);
    const { drawn = 0, rows = 0, columns = 0 } = matrix.shown() ?? {};
    assert.ok(drawn > 0 && drawn <= rows * columns);
  });

  it("says for those who hear it which cell the keyboard is on", async () => {
    await matrix.post({ type: "filter", text: "s3:GetObject analyst" });
    await shows(
      ({ rows, columns, label }) =>
        rows >= 1 && columns === 1 && /^user\/analyst-one s3:GetObject /.test(label),
    );
  });

  it("explains a cell beside the matrix, which keeps the keyboard, and leads to the statement that decides", async () => {
    await matrix.receive({ type: "why", principal: "user/analyst-one", column: "s3:CreateBucket" });
    assert.match(api.explanations.text(), /user\/analyst-one[\s\S]*s3:CreateBucket/);
    const active = () => vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label ?? "");
    await eventually(active, (labels) => labels.includes("Simulation.md"));
    assert.match(vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "", /^Permission Matrix/);

    await matrix.receive({ type: "why", principal: "user/analyst-one", column: "s3:GetObject", go: true });
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? "", /source_bucket\.json$/);
    assert.match(
      editor?.document.lineAt(editor.selection.active.line + 1).text ?? "",
      /AnalystsReadBronzeLayer/,
    );
    assert.match(active()[0] ?? "", /^Permission Matrix/);
    await vscode.commands.executeCommand("iamPolicy.showMatrix", account);
  });

  it("stops on demand, and starts again", async () => {
    await matrix.receive({ type: "stop" });
    await shows(({ state }) => state === "stopped");
    await matrix.receive({ type: "again" });
    await shows(({ state }) => state === "complete");
  });

  it("is there again after the window was loaded again, but asks AWS nothing by itself", async () => {
    const kept = (uri: vscode.Uri) => ({
      wish: { account: uri.toString(), by: "service", comparison: "aws" },
      filter: "",
      position: { row: 0, column: 0 },
    });
    const restored = vscode.window.createWebviewPanel("test", "Restored", vscode.ViewColumn.Active, {});
    const other = await exampleAccount("matrix/restored");
    await matrix.serializer.deserializeWebviewPanel(restored, kept(other));
    await shows(({ rows, state }) => state === "complete" && rows < 30);
    restored.dispose();

    const nothing = vscode.window.createWebviewPanel("test", "Nothing", vscode.ViewColumn.Active, {});
    let isGone = false;
    nothing.onDidDispose(() => {
      isGone = true;
    });
    await matrix.serializer.deserializeWebviewPanel(nothing, undefined);
    assert.ok(isGone, "a page that kept nothing is closed");
    await vscode.commands.executeCommand("iamPolicy.showMatrix", account);
  });

  it("marks what an edit changes that nobody saved", async () => {
    // A page that has just come to the front hears nothing yet.
    await eventually(
      async () => {
        await matrix.post({ type: "filter", text: "" });
        return matrix.shown();
      },
      (it) => it !== undefined && it.rows > 30,
    );
    const analyst = vscode.Uri.joinPath(account, "../policies/analyst_access.json");
    const document = await vscode.workspace.openTextDocument(analyst);
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    await editor.edit((edit) =>
      edit.replace(
        new vscode.Range(0, 0, document.lineCount, 0),
        '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "*", "Resource": "*" }] }\n',
      ),
    );
    await matrix.receive({ type: "compare", comparison: "saved" });
    await shows(({ changes, state }) => state === "complete" && changes > 5);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await shows(({ changes, state }) => state === "complete" && changes === 0);
  });

  it("sums up services, and leads from a service to its actions", async () => {
    await matrix.receive({ type: "by", by: "service" });
    await shows(({ rows, state }) => state === "complete" && rows > 5 && rows < 30);
    await matrix.receive({ type: "why", principal: "user/analyst-one", column: "codecommit" });
    await shows(
      ({ rows, label, state }) => state === "complete" && rows > 50 && label.includes("codecommit:"),
    );
  });

  it("says what is in the way instead of showing nothing", async () => {
    const broken = vscode.Uri.joinPath(account, "../broken/iam-account.json");
    await vscode.workspace.fs.writeFile(broken, Buffer.from('{ "account": "111122223333" }'));
    await vscode.commands.executeCommand("iamPolicy.showMatrix", broken);
    await eventually(
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      (labels) => labels.some((it) => /Permission Matrix: .*broken/.test(it)),
    );
  });
});
