/** The whole loop in the real editor: from a template to a rolled-back apply, on a snapshot and on a stand-in for AWS. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { ApplyView, PlanView, Simulation } from "../../server/src/lsp/protocol.js";
import { closeAll, eventually, extension, picture, problems, quickFixes } from "./editor.js";
import { withStandIn } from "./stand-in.js";

const ACCOUNT_ID = "111122223333";
const VALUES = { "aws-account-id": ACCOUNT_ID, region: "ap-southeast-2", name: "one" };
const CONFIRMED = { apply: true, deletions: true };

describe("The whole loop", () => {
  let api: Api;
  let folder: vscode.Uri;
  let account: vscode.Uri;
  before(async () => {
    api = await extension();
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(root !== undefined);
    folder = vscode.Uri.joinPath(root, "story");
    account = vscode.Uri.joinPath(folder, "iam-account.json");
    await vscode.workspace.fs.createDirectory(folder);
  });
  // What one step has shown is not in the pictures of the next.
  beforeEach(async () => {
    await closeAll();
    await vscode.commands.executeCommand("workbench.action.closePanel");
    await vscode.commands.executeCommand("workbench.view.explorer");
  });
  after(closeAll);

  const run = <T>(command: string, ...args: unknown[]): Thenable<T> =>
    vscode.commands.executeCommand<T>(`iamPolicy.${command}`, ...args);
  const opened = async (path: string): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, path));
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  };
  /** Plans, applies, and gives the account back as it was; pictures begin with the name of the target. */
  const applyAndRollBack = async (
    target: string,
    name: string,
    changed: () => Promise<void>,
  ): Promise<void> => {
    const plan = await run<PlanView | undefined>("plan", { account, target });
    assert.deepEqual(plan?.blocked, []);
    assert.match(plan?.text ?? "", /user\/analyst-one\n\n- \*\*gains\*\*/);
    await picture(`${name}-plan`, "Who gains and loses");
    const done = await run<ApplyView | undefined>("apply", { confirmed: CONFIRMED });
    assert.equal(done?.state, "done", done?.message);
    await changed();
    const again = await run<PlanView | undefined>("plan", { account, target });
    assert.deepEqual([again?.changes, again?.deletions], [0, 0]);
    await picture(`${name}-applied`, "Nothing is to be changed.");
    await run("rollBack", { account, record: done?.record, confirmed: CONFIRMED });
    await picture(`${name}-roll-back`, "Deletions");
    const back = await run<ApplyView | undefined>("apply", { confirmed: CONFIRMED });
    assert.equal(back?.state, "done", back?.message);
  };

  it("scaffolds: two templates into one account", async () => {
    const choosing = run("newFromTemplate");
    await picture("scaffold", "Data analysts");
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    assert.equal(await choosing, undefined);
    for (const template of ["engineer-group", "analyst-group"])
      assert.ok(await run("newFromTemplate", { template, folder, values: VALUES, confirmed: true }));
    assert.match((await opened("iam-account.json")).getText(), /"analyst-one"/);
    await picture("account", '"analyst-one"');
  });

  it("repairs what is mistyped, and stops at nothing behind it", async () => {
    const policy = await opened("policies/analyst_access.json");
    const sound = policy.getText();
    const edit = new vscode.WorkspaceEdit();
    const comma = policy.positionAt(sound.indexOf(",", sound.indexOf('"Effect"')));
    edit.delete(policy.uri, new vscode.Range(comma, comma.translate(0, 1)));
    await vscode.workspace.applyEdit(edit);
    await eventually(
      () => problems(policy),
      (it) => it.length === 1 && it[0]?.includes("missing-comma") === true,
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor !== undefined);
    editor.selection = new vscode.Selection(comma, comma);
    await eventually(
      () => quickFixes(policy, editor.selection),
      (it) => it.some(({ title }) => title === "Insert the comma"),
    );
    await vscode.commands.executeCommand("editor.action.quickFix");
    await picture("repair", "Insert the comma");
    await vscode.commands.executeCommand("acceptSelectedCodeAction");
    await eventually(
      () => problems(policy),
      (it) => it.length === 0,
    );
    assert.equal(policy.getText(), sound);
    await policy.save();
  });

  it("simulates a request, and shows who may do what", async () => {
    const question = { account: account.toString(), as: "user/analyst-one", action: "s3:ListAllMyBuckets" };
    assert.equal((await run<Simulation | undefined>("simulate", question))?.decision, "allowed");
    await picture("simulate", "Allowed by");
    await closeAll();
    await run("showMatrix", account);
    await eventually(api.matrix.shown, (it) => it?.state === "complete" && it.rows > 10);
    await picture("matrix", "engineer-one");
  });

  it("holds the access tests that came with the templates", async () => {
    await api.accessTests.refresh();
    const mine = [...api.accessTests.controller.items]
      .map(([, item]) => item)
      .filter(({ id }) => id.includes("/story/"));
    assert.equal(mine.length, 2);
    const outcomes = new Promise<readonly { readonly outcome: string }[]>((resolve) => {
      const listening = api.accessTests.onDidRun((it) => {
        listening.dispose();
        resolve(it);
      });
    });
    const { run: profile } = api.accessTests.profiles;
    const token = new vscode.CancellationTokenSource().token;
    await profile.runHandler(new vscode.TestRunRequest(mine, undefined, profile), token);
    const seen = (await outcomes).map(({ outcome }) => outcome);
    assert.ok(seen.length > 30);
    assert.deepEqual(new Set(seen), new Set(["passed"]));
    await opened("tests/analyst-group.access-test.json");
    await vscode.commands.executeCommand("workbench.view.testing.focus");
    await picture("access-tests", "analyst-group.access-test.json");
  });

  it("applies to a local snapshot, and rolls back", async () => {
    const file = join(folder.fsPath, "iam-account.snapshot.json");
    const users = () => JSON.parse(readFileSync(file, "utf8")).UserDetailList.length;
    await applyAndRollBack("snapshot:iam-account.snapshot.json", "snapshot", async () =>
      assert.equal(users(), 2),
    );
    assert.equal(users(), 0);
  });

  it("does the same to AWS, as its stand-in answers", async () => {
    await withStandIn(async () => {
      await run("refreshAccount");
      assert.match(api.aws.sessions.status() ?? "", new RegExp(ACCOUNT_ID));
      await applyAndRollBack("aws", "aws", async () => {
        await run("refreshAccount");
        const users = api.aws.tree.nodes.find(({ id }) => id === "users")?.children;
        assert.deepEqual(
          users?.map(({ label }) => label),
          ["analyst-one", "engineer-one"],
        );
        await vscode.commands.executeCommand("iamPolicy.account.focus");
        await picture("aws-account", "Users");
      });
      await run("refreshAccount");
      assert.deepEqual(api.aws.tree.nodes.find(({ id }) => id === "users")?.children, []);
    });
  });
});
