import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { closeAll, eventually, extension, open, problems, settled } from "./editor.js";

const ACCOUNT = `{
  // Ours.
  "account": "111122223333",
  "region": "ap-southeast-2",
  "variables": { "name": "one" },
  "groups": { "staff": { "policies": [] } }
}
`;

describe("Templates", () => {
  before(async () => {
    await extension();
  });
  afterEach(closeAll);

  const run = <T>(command: string, ...args: unknown[]): Thenable<T> =>
    vscode.commands.executeCommand<T>(`iamPolicy.${command}`, ...args);
  const folderOf = (document: vscode.TextDocument) => vscode.Uri.joinPath(document.uri, "..");

  it("writes a template beside the account, whose comments stay, and its policies are clean", async () => {
    const folder = folderOf(await open("templates/decided/iam-account.json", ACCOUNT));
    const values = { "aws-account-id": "111122223333", region: "ap-southeast-2", name: "one" };
    const written = await run<vscode.Uri[]>("newFromTemplate", {
      template: "engineer-group",
      folder,
      values,
      confirmed: true,
    });
    assert.deepEqual(
      written.map(({ path }) => path.slice(folder.path.length + 1)),
      [
        "iam-account.json",
        "policies/engineer_access.json",
        "tests/engineer-group.access-test.json",
        "iam-policy.config.json",
      ],
    );
    const account = readFileSync(join(folder.fsPath, "iam-account.json"), "utf8");
    assert.match(account, /\/\/ Ours\./);
    assert.match(account, /"engineer-one"/);
    const policy = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(folder, "policies/engineer_access.json"),
    );
    await vscode.window.showTextDocument(policy);
    await eventually(
      () => problems(policy),
      (it) => it.length === 0,
    );
    assert.deepEqual(
      await run("newFromTemplate", { template: "engineer-group", folder, values, confirmed: true }),
      [],
    );
  });

  it("is not held up by a folder that VS Code does not watch: one made together with those above it", async () => {
    const account = await open("made/at/once/iam-account.json", ACCOUNT);
    const before = await open("made/at/once/policies/before.json", '{ "Statement": [] }');
    await settled();
    const values = { "aws-account-id": "111122223333", region: "ap-southeast-2", name: "one" };
    const template = { template: "engineer-group", folder: folderOf(account), values, confirmed: true };
    assert.equal((await run<vscode.Uri[]>("newFromTemplate", template)).length, 4);
    const policy = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(before.uri, "../engineer_access.json"),
    );
    await vscode.window.showTextDocument(policy);
    await settled();
    assert.deepEqual(problems(policy), []);
  });

  it("asks step by step with what the account remembers, and writes when told to", async () => {
    const folder = folderOf(await open("templates/asked/iam-account.json", ACCOUNT));
    const policy = join(folder.fsPath, "policies/admin_access.json");
    const done = run<vscode.Uri[] | undefined>("newFromTemplate", { template: "admin-group", folder });
    // Every step is confirmed as it is proposed: three values, then the files.
    const pressing = setInterval(
      () => void vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem"),
      400,
    );
    try {
      const written = await done;
      assert.equal(written?.length, 4);
      assert.ok(existsSync(policy));
    } finally {
      clearInterval(pressing);
    }
  });

  it("writes nothing over what says something else, and shows the difference", async () => {
    await open("templates/other/policies/admin_access.json", "{}\n");
    const folder = folderOf(await open("templates/other/iam-account.json", ACCOUNT));
    const values = { "aws-account-id": "111122223333", region: "ap-southeast-2", name: "one" };
    const decided = { template: "admin-group", folder, values, confirmed: true };
    assert.equal(await run("newFromTemplate", decided), undefined);
    assert.equal(readFileSync(join(folder.fsPath, "iam-account.json"), "utf8"), ACCOUNT);
    const shown = vscode.Uri.from({ scheme: "iam-policy-text", path: "/IAM Template.md" });
    assert.match((await vscode.workspace.openTextDocument(shown)).getText(), /```diff\n- \{\}/);
  });

  it("adds a second template to the policy of a bucket, saved and clean", async () => {
    const folder = folderOf(await open("templates/joined/iam-account.json", ACCOUNT));
    const values = { "aws-account-id": "111122223333", bucket: "one-website" };
    const policy = vscode.Uri.joinPath(folder, "policies/one-website-bucket-policy.json");
    await run("newBucketPolicy", { template: "bucket-tls-only", folder, values, confirmed: true });
    const tls = readFileSync(policy.fsPath, "utf8");
    const both = { ...values, distribution: "EDFDVBD6EXAMPLE" };
    await run("newBucketPolicy", { template: "bucket-cloudfront", folder, values: both, confirmed: true });
    const joined = readFileSync(policy.fsPath, "utf8");
    assert.ok(joined.startsWith(tls.slice(0, tls.lastIndexOf("}\n  ]"))), "what was there stays as it was");
    assert.deepEqual(joined.match(/(?<="Sid": ")\w+/g), [
      "DenyInsecureTransport",
      "DenyOldTLS",
      "DistributionReads",
    ]);
    const document = await vscode.workspace.openTextDocument(policy);
    await vscode.window.showTextDocument(document);
    await settled();
    assert.deepEqual(problems(document), []);
  });

  it("writes no half of a template where a folder cannot be made", async () => {
    await open("templates/blocked/tests", "a file, where a folder should be");
    const folder = folderOf(await open("templates/blocked/iam-account.json", ACCOUNT));
    const values = { "aws-account-id": "111122223333", region: "ap-southeast-2", name: "one" };
    const decided = { template: "admin-group", folder, values, confirmed: true };
    assert.equal(await run("newFromTemplate", decided), undefined);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, "iam-account.json"));
    assert.deepEqual([document.getText(), document.isDirty], [ACCOUNT, false]);
    const there = await vscode.workspace.fs.readDirectory(folder);
    assert.deepEqual(there.map(([name]) => name).sort(), ["iam-account.json", "tests"]);
  });

  it("adds users and groups to an account that is open, and leaves it to be undone", async () => {
    const document = await open("templates/edited/iam-account.json", ACCOUNT);
    const account = document.uri;
    const ana = { type: "addUserToGroup", user: "ana", group: "staff" };
    assert.equal(await run("addUserToGroup", { account, change: ana }), true);
    assert.match(document.getText(), /\/\/ Ours\.[\s\S]*"ana": \{\s+"groups": \[\s+"staff"/);
    const group = { type: "newGroup", group: "guests", policies: [], users: ["ana"] };
    assert.equal(await run("newGroup", { account, change: group }), true);
    assert.match(document.getText(), /"guests"/);
    assert.equal(await run("newGroup", { account, change: group }), false);
    assert.ok(document.isDirty);
  });
});
