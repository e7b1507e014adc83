import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { DiffAnswer, Simulation } from "../../server/src/lsp/protocol.js";
import { closeAll, eventually, exampleAccount, extension, languageOf, open } from "./editor.js";

describe("Simulate and compare in the real editor", () => {
  let api: Api;
  let account: vscode.Uri;
  let analyst: vscode.Uri;
  before(async () => {
    api = await extension();
    account = await exampleAccount("simulate");
    analyst = vscode.Uri.joinPath(account, "../policies/analyst_access.json");
  });
  afterEach(closeAll);

  const simulate = async (question: object): Promise<Simulation> => {
    const answer = await vscode.commands.executeCommand<Simulation | undefined>(
      "iamPolicy.simulate",
      question,
    );
    assert.ok(answer !== undefined);
    return answer;
  };

  it("offers it above a policy", async () => {
    const document = await vscode.workspace.openTextDocument(analyst);
    await vscode.window.showTextDocument(document);
    await eventually(
      () => languageOf(document),
      (it) => it === "iam-policy",
    );
    const lenses = await eventually(
      async () =>
        (await vscode.commands.executeCommand<vscode.CodeLens[]>(
          "vscode.executeCodeLensProvider",
          analyst,
        )) ?? [],
      (it) => it.some(({ command }) => command?.command === "iamPolicy.simulate"),
    );
    const lens = lenses.find(({ command }) => command?.command === "iamPolicy.simulate");
    assert.equal(lens?.command?.title, "Simulate…");
    assert.equal(vscode.Uri.parse(lens?.command?.arguments?.[0].uri).fsPath, analyst.fsPath);
  });

  it("marks the statements that decide, explains, and asks again", async () => {
    const answer = await simulate({
      account: account.toString(),
      as: "user/analyst-one",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::one-source/bronze_layer/a.csv",
    });
    assert.equal(answer.decision, "allowed");
    const marks = api.decorations.shown();
    assert.ok(marks.length > 0 && marks.every(({ mark }) => mark === "allows"), JSON.stringify(marks));
    assert.match(api.explanations.text(), /^# ✔ Allowed[\s\S]*user\/analyst-one[\s\S]*## Allowed by/);
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === marks[0]?.uri,
    );
    assert.ok(editor, "the statement that decides is on the screen");
    await eventually(
      () => vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label ?? ""),
      (labels) => labels.some((label) => /Simulation/.test(label)),
    );

    const other = await simulate({
      account: account.toString(),
      as: "user/analyst-one",
      action: "iam:CreateUser",
      resource: "*",
    });
    assert.equal(other.decision, "implicitDeny");
    assert.match(api.explanations.text(), /^# · Not allowed/);
    const again = await vscode.commands.executeCommand<Simulation>("iamPolicy.simulateAgain", 1);
    assert.equal(again.headline, answer.headline);
    assert.match(api.explanations.text(), /^# ✔ Allowed/);
  });

  it("asks for what a question lacks: who, what, on what, under which circumstances", async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(analyst));
    const answer = await simulateWhatIsOffered();
    assert.equal(
      answer?.question.account && vscode.Uri.parse(answer.question.account).fsPath,
      account.fsPath,
    );
    assert.equal(answer?.question.as, "user/analyst-one");
    assert.ok(answer?.question.context !== undefined);
  });

  it("asks about the policy that the cursor is in, of a document with several", async () => {
    const fence = (action: string) =>
      `\`\`\`json\n{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "${action}", "Resource": "*" }] }\n\`\`\`\n`;
    await open("alone/notes.md", `# Notes\n\n${fence("sqs:ListQueues")}\n${fence("sns:ListTopics")}`);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor !== undefined);
    const place = new vscode.Position(7, 30);
    editor.selection = new vscode.Selection(place, place);
    const answer = await simulateWhatIsOffered();
    assert.deepEqual([answer?.question.policy, answer?.question.action], [1, "sns:ListTopics"]);
  });

  it("answers with what the editor holds, and takes the marks off what is edited", async () => {
    const document = await vscode.workspace.openTextDocument(analyst);
    const editor = await vscode.window.showTextDocument(document);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    await editor.edit((edit) =>
      edit.replace(
        whole,
        '{ "Version": "2012-10-17",\n  "Statement": [{ "Sid": "Never", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }] }\n',
      ),
    );
    const answer = await simulate({
      account: account.toString(),
      as: "user/analyst-one",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::one-source/bronze_layer/a.csv",
    });
    assert.equal(answer.decision, "explicitDeny");
    assert.deepEqual(
      api.decorations.shown().map(({ mark, line }) => [mark, line]),
      [["denies", 1]],
    );
    const changed = await vscode.commands.executeCommand<DiffAnswer>("iamPolicy.compareAccess", {
      uri: account.toString(),
      against: "saved",
    });
    assert.ok(changed.lost > 0 && changed.gained === 0);
    assert.match(api.explanations.text(), /## user\/analyst-one[\s\S]*\*\*loses\*\*/);
    await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "\n"));
    await eventually(api.decorations.shown, (it) => it.length === 0);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("compares one file with another, and says when there is nothing committed", async () => {
    const engineer = vscode.Uri.joinPath(account, "../policies/engineer_access.json");
    const answer = await vscode.commands.executeCommand<DiffAnswer>("iamPolicy.compareAccess", {
      uri: engineer.toString(),
      against: { uri: analyst.toString() },
    });
    assert.ok(answer.gained > 0);
    assert.match(api.explanations.text(), /^# Access: .*engineer_access\.json/);
    const none = await vscode.commands.executeCommand("iamPolicy.compareAccess", {
      uri: engineer.toString(),
      against: "head",
    });
    assert.equal(none, undefined);
  });

  it("compares with what was committed, through VS Code's own git", async () => {
    const committed = await exampleAccount("committed");
    const folder = vscode.Uri.joinPath(committed, "..").fsPath;
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder });
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "as it was");
    const policy = vscode.Uri.joinPath(committed, "../policies/engineer_access.json");
    writeFileSync(
      policy.fsPath,
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }\n',
    );
    const settings = vscode.workspace.getConfiguration("git");
    await settings.update("enabled", true, vscode.ConfigurationTarget.Global);
    try {
      const compare = (uri: vscode.Uri) =>
        vscode.commands.executeCommand<DiffAnswer>("iamPolicy.compareAccess", {
          uri: uri.toString(),
          against: "head",
        });
      // Git looks around first once it is switched on.
      const ofPolicy = await eventually(
        async () => await compare(policy),
        (it) => it !== undefined,
      );
      assert.ok(ofPolicy.lost > 0, JSON.stringify(ofPolicy));
      assert.match(api.explanations.text(), /From the committed version \(HEAD\)/);
      const ofAccount = await compare(committed);
      assert.ok(ofAccount.lost > 0);
      assert.match(api.explanations.text(), /## user\/engineer-one/);
      assert.doesNotMatch(api.explanations.text(), /## user\/analyst-one/);
    } finally {
      await settings.update("enabled", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

/** Whoever presses Enter four times takes what is offered first. */
async function simulateWhatIsOffered(): Promise<Simulation | undefined> {
  let answer: Simulation | undefined;
  const asked = vscode.commands.executeCommand<Simulation | undefined>("iamPolicy.simulate").then((it) => {
    answer = it;
  });
  await eventually(
    async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return answer;
    },
    (it) => it !== undefined,
  );
  await asked;
  return answer;
}
