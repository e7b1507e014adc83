import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, eventually, extension, languageOf, open, openPolicy } from "./editor.js";

const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';

describe("Formatting in the real editor", () => {
  before(extension);
  afterEach(closeAll);

  it("lays out a policy, which VS Code's own JSON formatter no longer does", async () => {
    const document = await openPolicy("one-line.json", POLICY);
    await eventually(
      async () => {
        await vscode.commands.executeCommand("editor.action.formatDocument");
        return document.getText();
      },
      (it) => it.includes("\n"),
    );
    assert.equal(document.getText(), JSON.stringify(JSON.parse(POLICY), undefined, 4));
  });

  it("leaves other JSON to VS Code: one formatter, and no question which", async () => {
    const document = await open("plain.json", '{"name":"x","list":[1]}');
    const options = { tabSize: 4, insertSpaces: true };
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatDocumentProvider",
      document.uri,
      options,
    );
    assert.ok(edits.length > 0);
    assert.equal(languageOf(document), "json");
  });
});
