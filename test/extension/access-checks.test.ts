import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { AwsCheckAnswer, CheckAccessAnswer } from "../../server/src/lsp/protocol.js";
import { ACCOUNT } from "../aws/stand-in/account.js";
import type { StandIn } from "../aws/stand-in/server.js";
import { closeAll, eventually, extension, open, openPolicy } from "./editor.js";
import { withStandIn } from "./stand-in.js";

const READ = `{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }`;
const WRITE = `{ "Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*" }`;

function policyOf(...statements: readonly string[]): string {
  return `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(",\n    ")}\n  ]\n}\n`;
}

describe("Check access", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  const check = async (wish?: object) =>
    await vscode.commands.executeCommand<CheckAccessAnswer | undefined>("iamPolicy.checkAccess", wish);

  it("marks what an edit gives beyond the saved version, and tells it", async () => {
    const document = await openPolicy("check/saved.json", policyOf(READ));
    const editor = await vscode.window.showTextDocument(document);
    const end = document.lineAt(3).range.end;
    await editor.edit((edit) => edit.insert(end, `,\n    ${WRITE}`));
    const answer = await check({ check: "no-new-access", against: "saved" });
    assert.equal(answer?.passed, false);
    const uri = document.uri.toString();
    assert.deepEqual(api.decorations.shown(), [{ mark: "gives", uri, line: 4 }]);
    assert.match(api.explanations.text(), /^# ✖ Fail: check\/saved\.json[\s\S]*by `Write`/);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "\n"));
    await eventually(api.decorations.shown, (it) => it.length === 0);
  });

  it("checks the policy that the cursor is in", async () => {
    const fence = (policy: string) => ["```json", policy.trimEnd(), "```", ""].join("\n");
    const document = await open("check/notes.md", fence(policyOf(READ)) + fence(policyOf(READ, WRITE)));
    const editor = await vscode.window.showTextDocument(document);
    const at = async (line: number) => {
      editor.selection = new vscode.Selection(line, 0, line, 0);
      return await check({ check: "access-not-granted", actions: ["s3:PutObject"] });
    };
    assert.equal((await at(3))?.passed, true);
    assert.deepEqual(api.decorations.shown(), []);
    assert.equal((await at(12))?.passed, false);
    assert.deepEqual(
      api.decorations.shown().map(({ line }) => line),
      [13],
    );
  });

  it("asks for what it is not told: which check, which actions, which resources", async () => {
    await openPolicy("check/asked.json", policyOf(READ, WRITE));
    let answer: CheckAccessAnswer | undefined;
    const asked = check().then((it) => {
      answer = it;
    });
    // The second check; then the first action and the first resource that are offered.
    await pause(1_500);
    await press("quickOpenSelectNext", "acceptSelectedQuickOpenItem");
    await eventually(
      async () => {
        await press("quickOpenSelectNext", "quickPickManyToggle", "acceptSelectedQuickOpenItem");
        return answer;
      },
      (it) => it !== undefined,
    );
    await asked;
    assert.deepEqual([answer?.check, answer?.passed], ["access-not-granted", false]);
  });
});

describe("Check access with AWS", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  const check = async (wish: object) =>
    await vscode.commands.executeCommand<AwsCheckAnswer | undefined>("iamPolicy.checkAccessWithAws", wish);
  const paid = (standIn: StandIn) => standIn.operations().filter((it) => it.startsWith("Check"));

  it("pays nothing unless the user agrees", () =>
    withStandIn(async (standIn) => {
      await openPolicy("aws-check/unpaid.json", policyOf(READ));
      const wish = { check: "access-not-granted", actions: ["s3:GetObject"], agreed: false };
      assert.equal(await check(wish), undefined);
      assert.deepEqual(paid(standIn), []);
      assert.deepEqual(standIn.operations().includes("GetCallerIdentity"), true);
    }, ACCOUNT));

  it("marks what AWS names, tells what was paid, and has a case where we differ", () =>
    withStandIn(async (standIn) => {
      const document = await openPolicy("aws-check/marked.json", policyOf(READ, WRITE));
      standIn.analyzer.complaints.set("CheckAccessNotGranted", [{ index: 1, sid: "Write" }]);
      const wish = { check: "access-not-granted", actions: ["s3:DeleteObject"], agreed: true };
      const answer = await check(wish);
      assert.deepEqual([answer?.passed, paid(standIn)], [false, ["CheckAccessNotGranted"]]);
      const uri = document.uri.toString();
      assert.deepEqual(api.decorations.shown(), [{ mark: "gives", uri, line: 4 }]);
      assert.match(
        api.explanations.text(),
        /Checked by AWS \(`CheckAccessNotGranted`\)[\s\S]*answered differently/,
      );
      assert.match(
        api.explanations.text(),
        /1 such call in this session, \d+ in all as recorded in \.iam-policy/,
      );
      assert.match(answer?.disagreement ?? "", /AWS says FAIL, we say PASS/);
    }, ACCOUNT));

  it("compares with what is live", () =>
    withStandIn(async (standIn) => {
      await openPolicy("aws-check/live.json", policyOf(READ));
      const wish = { check: "no-new-access", against: { live: "user/ana/own" }, agreed: true };
      const answer = await check(wish);
      assert.equal(answer?.passed, true);
      assert.match(api.explanations.text(), /no access that user\/ana\/own as it is live does not give/);
      const sent = standIn.calls.find(({ operation }) => operation === "CheckNoNewAccess");
      assert.match(JSON.parse(sent?.request.body ?? "{}").existingPolicyDocument, /s3:PutObject/);
    }, ACCOUNT));
});

/** In a quick pick, one after the other. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await vscode.commands.executeCommand(`workbench.action.${key}`);
  await pause(300);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
