import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAll,
  eventually,
  example,
  extension,
  languageOf,
  open,
  problems,
  quickFixes,
  settled,
} from "./editor.js";

const BROKEN = '"iam:GetAccessKeyLastUsed"';

describe("Problems in the real editor", () => {
  before(extension);
  afterEach(closeAll);

  it("shows the missing comma of the engineer policy once, repairs it, and shows what was hidden behind it", async () => {
    const text = example("engineer_access.json");
    const document = await open("engineer_access.json", text);
    const line = document.positionAt(text.indexOf(BROKEN)).line;
    const here = (): readonly string[] =>
      problems(document).filter((it) => it.startsWith(`${line + 1}: `) || it.startsWith(`${line + 2}: `));

    await eventually(here, (it) => it.length > 0);
    await eventually(
      () => languageOf(document),
      (it) => it === "iam-policy",
    );
    await settled();
    assert.deepEqual(here(), [`${line + 1}: IAM Policy missing-comma`]);

    const [problem] = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ range }) => range.start.line === line);
    const [fix] = await quickFixes(document, problem!.range);
    assert.equal(fix?.isPreferred, true);
    await vscode.workspace.applyEdit(fix!.edit!);
    assert.equal(document.getText(), text.replace(BROKEN, `${BROKEN},`));

    const behind = await eventually(
      () => problems(document),
      (it) => !it.some((problem) => problem.includes("missing-comma")) && it.length > 0,
    );
    assert.ok(
      behind.every((it) => it.includes(": IAM Policy ")),
      behind.join("\n"),
    );
  });

  it("repairs with Fix All everything that is safe, in one step", async () => {
    const document = await open(
      "fix-all.json",
      '{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow"\n    "Action": ["s3:GetObject",],\n    "Resource": "arn:aws:s3:::logs/*"\n  }]\n}\n',
    );
    const before = document.getText();
    await eventually(
      () => problems(document),
      (it) => it.length >= 2,
    );
    await vscode.commands.executeCommand("iamPolicy.fixAll");
    assert.deepEqual(JSON.parse(document.getText()).Statement[0].Action, ["s3:GetObject"]);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("says nothing about JSON that is no policy", async () => {
    const document = await open("data.json", '{ "name": "Statement", "list": [1, 2], }\n');
    await settled();
    assert.equal(languageOf(document), "json");
    assert.deepEqual(
      problems(document).filter((it) => it.includes(": IAM Policy ")),
      [],
    );
  });
});
