import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import { closeAll, eventually, extension, open } from "./editor.js";

const READ = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }]
}
`;
const ACCOUNT = `{
  "account": "999988887777",
  "policies": { "read": "read.json" },
  "users": { "ana": { "policies": ["read"] } }
}
`;

describe("Files that differ from the account", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  it("are marked once the account was read, with the tree, and follow what is saved", async () => {
    const read = (await open("drift/read.json", READ)).uri;
    const account = (await open("drift/iam-account.json", ACCOUNT)).uri;
    const node = (id: string) => vscode.Uri.from({ scheme: "iam-policy-node", path: `/${id}` });
    const { drift, tree, sessions } = api.aws;
    const said = (uri: vscode.Uri, count: number) =>
      eventually(
        () => drift.said(uri),
        (it) => it.length === count,
      );
    assert.deepEqual(drift.said(read), []);

    const target = "snapshot:iam-account.snapshot.json";
    const confirmed = { apply: true, deletions: true };
    await api.plans.plan({ account, target });
    await api.plans.apply({ confirmed });
    const snapshot = vscode.Uri.joinPath(account, "../iam-account.snapshot.json");
    await vscode.commands.executeCommand("iamPolicy.showSnapshot", snapshot);
    assert.deepEqual(tree.read?.from, "snapshot iam-account.snapshot.json");
    assert.deepEqual(drift.said(read), []);

    writeFileSync(read.fsPath, READ.replace("GetObject", "PutObject"));
    assert.match((await said(read, 1))[0] ?? "", /The policy document of policy `read` says something else/);
    await said(node("policy/read"), 1);
    await said(node("policies"), 1);
    await vscode.commands.executeCommand("iamPolicy.compareWithAccount", read);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.modified.toString(), read.toString());
    assert.match(api.texts.text(input.original) ?? "", /s3:GetObject/);

    // Applied, the snapshot is read again by itself.
    await api.plans.plan({ account, target });
    await api.plans.apply({ confirmed });
    await said(read, 0);
    writeFileSync(account.fsPath, ACCOUNT.replace('"ana"', '"ben"'));
    await said(account, 1);
    await sessions.tellServer();
    await said(account, 0);
    assert.equal(tree.read, undefined);
  });
});
