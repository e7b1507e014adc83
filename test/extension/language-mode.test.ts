import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  closeAll,
  eventually,
  extension,
  languageOf,
  open,
  openPolicy,
  problems,
  settled,
} from "./editor.js";

/** Two mistakes that VS Code's own JSON validation knows as well. */
const BROKEN = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {}\n    {},\n  ]\n}\n';

describe("The language of a policy", () => {
  before(extension);
  afterEach(async () => {
    await configure("languageMode", undefined);
    await closeAll();
  });

  it("becomes IAM Policy, so that VS Code's own JSON validation adds nothing", async () => {
    const document = await openPolicy("switched.json", BROKEN);
    const found = await eventually(
      () => problems(document),
      (it) => it.some((problem) => problem.includes("missing-comma")),
    );
    await settled();
    assert.deepEqual(
      problems(document).filter((it) => !it.includes(": IAM Policy ")),
      [],
      found.join("\n"),
    );
  });

  it("stays JSON where the settings say so, and VS Code alone reports the syntax", async () => {
    await configure("languageMode", "keep");
    const document = await open("kept.json", BROKEN);
    await eventually(
      () => problems(document),
      (it) => it.some((problem) => problem.includes(": json ")),
    );
    await settled();
    assert.equal(languageOf(document), "json");
    assert.deepEqual(
      problems(document).filter((it) => /: IAM Policy .*comma/.test(it)),
      [],
    );
  });

  it("stays JSON once the user has switched back by hand, also when the file is opened again", async () => {
    const name = "by-hand.json";
    const document = await openPolicy(name, BROKEN);
    await vscode.languages.setTextDocumentLanguage(document, "json");
    await settled();
    assert.equal(languageOf(document), "json");

    await closeAll();
    const again = await open(name, BROKEN);
    await settled();
    assert.equal(languageOf(again), "json");
  });
});

async function configure(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("iamPolicy").update(name, value, vscode.ConfigurationTarget.Global);
}
