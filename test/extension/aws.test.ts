/** AWS's simulator and the master copy in the real editor, over the stand-in for AWS. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { LiveComparison, Simulation } from "../../server/src/lsp/protocol.js";
import { ACCOUNT } from "../aws/stand-in/account.js";
import { EMPTY } from "../aws/stand-in/state.js";
import { closeAll, eventually, exampleAccount, extension } from "./editor.js";
import { withStandIn } from "./stand-in.js";

const OBJECT = "arn:aws:s3:::one-source/bronze_layer/a.csv";

describe("AWS in the real editor", () => {
  let api: Api;
  let account: vscode.Uri;
  before(async () => {
    api = await extension();
    account = await exampleAccount("aws");
  });
  afterEach(closeAll);

  const run = <T>(command: string, ...args: unknown[]): Thenable<T | undefined> =>
    vscode.commands.executeCommand<T | undefined>(`iamPolicy.${command}`, ...args);
  const question = (as: string) => ({
    account: account.toString(),
    as,
    action: "s3:GetObject",
    resource: OBJECT,
  });

  it("puts a question to AWS, marks its answer like ours, and asks AWS again", async () => {
    await withStandIn(async (standIn) => {
      standIn.state.simulated.set(`s3:getobject ${OBJECT}`, "allowed");
      const answer = await run<Simulation>("simulateWithAws", question("user/analyst-one"));
      assert.deepEqual([answer?.decision, answer?.live?.here], ["allowed", "allowed"]);
      assert.ok(standIn.operations().includes("SimulatePrincipalPolicy"));
      assert.match(api.explanations.text(), /^# ✔ Allowed, says AWS[\s\S]*Offline we decide the same/);
      const marks = api.decorations.shown();
      assert.ok(marks.length > 0 && marks.every(({ mark }) => mark === "allows"), JSON.stringify(marks));

      const offline = await run<Simulation>("simulate", question("user/analyst-one"));
      assert.equal(offline?.live, undefined);
      standIn.calls.length = 0;
      const again = await run<Simulation>("simulateAgain", 1);
      assert.equal(again?.headline, answer?.headline);
      assert.equal(standIn.operations().filter((it) => it === "SimulatePrincipalPolicy").length, 1);
      await run("simulate", question("user/engineer-one"));
      const same = await run<Simulation>("askAwsTheSame");
      assert.deepEqual([same?.question.as, same?.live !== undefined], ["user/engineer-one", true]);
    });
  });

  it("sends a text that nobody has saved, and lists where AWS decides otherwise", async () => {
    await withStandIn(async (standIn) => {
      const content =
        '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:ListQueues"], "Resource": "*" }] }';
      const document = await vscode.workspace.openTextDocument({ language: "iam-policy", content });
      await vscode.window.showTextDocument(document);
      standIn.state.simulated.set("sqs:listqueues *", "explicitDeny");
      const found = await run<LiveComparison>("compareWithAws", {
        uri: document.uri.toString(),
        resources: ["*"],
      });
      assert.deepEqual([found?.asked, found?.disagreements], [2, 2]);
      const sent = standIn.calls.find(({ operation }) => operation === "SimulateCustomPolicy");
      assert.match(
        new URLSearchParams(sent?.request.body).get("PolicyInputList.member.1") ?? "",
        /sqs:SendMessage/,
      );
      assert.match(
        api.explanations.text(),
        /## Decided otherwise[\s\S]*`sqs:ListQueues`[\s\S]*\*\*AWS\*\* ✖ denied/,
      );
      assert.match(found?.report ?? "", /# Disagreements with AWS's policy simulator/);
    });
  });

  it("puts AWS beside the matrix when told to, and nothing any more after an edit", async () => {
    await withStandIn(async (standIn) => {
      await run("showMatrix", account);
      await eventually(api.matrix.shown, (it) => it?.state === "complete" && it.rows > 30);
      await api.matrix.receive({ type: "compare", comparison: "aws" });
      await eventually(api.matrix.shown, (it) => it?.state === "complete" && it.changes > 5);
      const asked = standIn.operations().length;
      assert.ok(asked > 3, String(asked));
      const analyst = vscode.Uri.joinPath(account, "../policies/analyst_access.json");
      const document = await vscode.workspace.openTextDocument(analyst);
      const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "\n"));
      await eventually(api.matrix.shown, (it) => it?.state === "complete" && it.changes === 0);
      assert.equal(standIn.operations().length, asked);
      await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    });
  });

  it("imports the account into a folder", async () => {
    await withStandIn(async () => {
      const folder = vscode.Uri.joinPath(account, "../imported");
      await vscode.workspace.fs.createDirectory(folder);
      await run("importAccount", folder);
      const files = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, "policies"));
      assert.ok(
        files.some(([name]) => name === "read.json"),
        JSON.stringify(files),
      );
    }, ACCOUNT);
  });

  it("publishes the account to a bucket when confirmed, and brings it back with its differences shown", async () => {
    const place = { bucket: "backups", prefix: "iam-policy/" };
    const folder = vscode.Uri.joinPath(account, "..");
    const analyst = vscode.Uri.joinPath(folder, "policies/analyst_access.json");
    const textOf = async (uri: vscode.Uri) => Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
    const published = await textOf(analyst);
    await withStandIn(
      async (standIn) => {
        assert.equal(await run("publishMasterCopy", { account, place, confirmed: false }), undefined);
        assert.equal(standIn.objects.size, 0);
        const plan = api.texts.text(vscode.Uri.from({ scheme: "iam-policy-text", path: "/Master Copy.md" }));
        assert.match(plan ?? "", /policies\/analyst_access\.json[\s\S]*manifest\.json/);
        const said = await run<string>("publishMasterCopy", { account, place, confirmed: true });
        assert.match(said ?? "", /are in s3:\/\/backups\/iam-policy\//);
        assert.ok(standIn.objects.has("backups/iam-policy/manifest.json"));

        assert.equal(
          await run("restoreMasterCopy", { folder, place, confirmed: true }),
          undefined,
          "nothing to do",
        );
        await vscode.workspace.fs.writeFile(analyst, Buffer.from("{}\n"));
        assert.equal(await run("restoreMasterCopy", { folder, place, confirmed: false }), undefined);
        await eventually(
          () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
          (labels) => labels.some((it) => it.includes("↔ s3://backups/iam-policy/")),
        );
        assert.equal(await textOf(analyst), "{}\n");
        const restored = await run<string>("restoreMasterCopy", { folder, place, confirmed: true });
        assert.match(restored ?? "", /^1 file written/);
        assert.equal(await textOf(analyst), published);

        const nowhere = { account, place: { ...place, bucket: "nowhere" }, confirmed: true };
        assert.equal(await run("publishMasterCopy", nowhere), undefined);
      },
      { ...EMPTY, BucketPolicies: { backups: null } },
    );
  });
});
