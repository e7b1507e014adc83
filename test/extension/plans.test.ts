import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import { closeAll, eventually, extension, open } from "./editor.js";

const ACCOUNT = `{
  "account": "111122223333",
  "policies": { "read": "read.json" },
  "users": { "ana": { "policies": ["read"] } }
}
`;
const READ = `{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }]
}
`;

describe("Plans", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  const confirmed = { apply: true, deletions: true };

  it("shows what would change, applies it to a snapshot when confirmed, and takes it back", async () => {
    await open("plan/read.json", READ);
    const account = (await open("plan/iam-account.json", ACCOUNT)).uri;
    const snapshot = join(account.fsPath, "../iam-account.snapshot.json");
    const target = "snapshot:iam-account.snapshot.json";

    const plan = await api.plans.plan({ account, target });
    assert.deepEqual([plan?.changes, plan?.deletions, plan?.blocked], [3, 0, []]);
    assert.match(plan?.text ?? "", /gains\*\* `s3:GetObject`/);
    assert.equal(existsSync(snapshot), false);

    assert.equal(await api.plans.apply({ confirmed: { apply: false, deletions: false } }), undefined);
    assert.equal(existsSync(snapshot), false);

    const done = await api.plans.apply({ confirmed });
    assert.equal(done?.state, "done");
    assert.equal(JSON.parse(readFileSync(snapshot, "utf8")).UserDetailList[0].UserName, "ana");

    const record = done?.record ?? "";
    const back = await api.plans.rollBack({ account, record, confirmed });
    assert.equal(back?.deletions, 3);
    assert.equal((await api.plans.apply({ confirmed }))?.state, "done");
    assert.deepEqual(JSON.parse(readFileSync(snapshot, "utf8")).UserDetailList, []);
  });

  it("shows the plan as a document that can be read", async () => {
    await open("plan/read.json", READ);
    const account = (await open("plan/iam-account.json", ACCOUNT)).uri;
    await vscode.commands.executeCommand("iamPolicy.plan", { account, target: "snapshot:other.json" });
    const shown = vscode.Uri.from({ scheme: "iam-policy-text", path: "/IAM Plan.md" });
    const document = await vscode.workspace.openTextDocument(shown);
    await eventually(
      () => document.getText(),
      (text) => text === api.plans.shown?.text,
    );
    assert.match(document.getText(), /snapshot other\.json/);
  });
});
