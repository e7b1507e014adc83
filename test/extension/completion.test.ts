/** Completion in the real editor: what VS Code makes of offers that share one range, and of what they put in. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, eventually, extension, open, openPolicy } from "./editor.js";

const HEAD = '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", ';

describe("Completion in the real editor", () => {
  before(extension);
  afterEach(closeAll);

  const offered = async (document: vscode.TextDocument, offset: number) => {
    const list = await eventually(
      async () =>
        await vscode.commands.executeCommand<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          document.uri,
          document.positionAt(offset),
        ),
      ({ items }) => items.some(({ sortText }) => /^\d{3}$/.test(sortText ?? "")),
    );
    return list.items.filter(({ sortText }) => /^\d{3}$/.test(sortText ?? ""));
  };

  const accepted = async (name: string, text: string, label: string): Promise<string> => {
    const document = await open(name, text);
    const item = (await offered(document, text.length)).find((it) => it.label === label);
    assert.ok(item !== undefined, `nobody offers ${label}`);
    const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
    assert.ok(range !== undefined);
    const insert = item.insertText instanceof vscode.SnippetString ? item.insertText.value : item.insertText;
    return (
      text.slice(0, document.offsetAt(range.start)) +
      (insert ?? label) +
      text.slice(document.offsetAt(range.end))
    );
  };

  it("puts an action in the place of the word, and closes the string", async () => {
    assert.equal(
      await accepted("word.json", `${HEAD}"Action": "s3:GetO`, "s3:GetObject"),
      `${HEAD}"Action": "s3:GetObject"`,
    );
  });

  it("puts an element in with its value, and places to fill in", async () => {
    assert.equal(
      await accepted("element.json", `${HEAD}"Condi`, "Condition"),
      `${HEAD}"Condition": {\n    "\${1:StringEquals}": {\n      "\${2}": "\${3}"\n    \\}\n  \\}`,
    );
  });

  it("takes the right quotes for wrong ones", async () => {
    const before = `${HEAD}"Action": '`;
    const document = await openPolicy("quotes.json", `${before}s3:GetObj' }] }`);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor !== undefined);
    const cursor = document.positionAt(`${before}s3:GetObj`.length);
    editor.selection = new vscode.Selection(cursor, cursor);
    await vscode.commands.executeCommand("editor.action.triggerSuggest");
    // Until the list is there, nothing is accepted.
    const text = await eventually(
      async () => {
        await vscode.commands.executeCommand("acceptSelectedSuggestion");
        return document.getText();
      },
      (it) => it.includes("s3:GetObject"),
    );
    assert.equal(text, `${HEAD}"Action": "s3:GetObject" }] }`);
  });

  it("offers all actions of S3 at once", async () => {
    const text = `${HEAD}"Action": "s3:`;
    const document = await open("all.json", text);
    assert.ok((await offered(document, text.length)).length > 150);
  });
});
