import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { CheckAccessAnswer } from "../../server/src/lsp/protocol.js";
import { closeAll, eventually, extension, open } from "./editor.js";

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
    const document = await open("check/saved.json", policyOf(READ));
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
    await open("check/asked.json", policyOf(READ, WRITE));
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

/** In a quick pick, one after the other. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await vscode.commands.executeCommand(`workbench.action.${key}`);
  await pause(300);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
