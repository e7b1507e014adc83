/** The real editor in a workspace that nobody trusts: what works offline works, and AWS hears nothing. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../../client/src/extension.js";
import { ACCOUNT } from "../../aws/stand-in/account.js";
import { closeAll, eventually, exampleAccount, extension, open } from "../editor.js";
import { withStandIn } from "../stand-in.js";

/** How long a command may go on, in milliseconds: some ask, and nobody answers. */
const PATIENCE = 2_000;

describe("In a workspace that is not trusted", () => {
  let api: Api;
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    api = await extension();
  });
  afterEach(closeAll);

  it("policies are checked", async () => {
    const document = await open(
      "broken.json",
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Alow" }] }',
    );
    await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.some(({ message }) => message.includes("Alow")),
    );
  });

  it("no command asks AWS, and the status bar names no account", async () => {
    const commands = awsCommands();
    assert.ok(commands.length > 8, commands.join());
    await withStandIn(async (standIn) => {
      const account = await exampleAccount("untrusted");
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(account));
      for (const command of commands) {
        await Promise.race([settled(vscode.commands.executeCommand(command)), pause()]);
        await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      }
      assert.deepEqual(standIn.operations(), []);
      assert.equal(api.aws.sessions.status(), undefined);
    }, ACCOUNT);
  });

  it("no setting of the workspace says where AWS is, nor which policies are AWS's", async () => {
    const names = ["aws.profile", "aws.region", "aws.endpointUrl", "aws.validateOnSave", "managedPolicies"];
    const values = () => names.map((name) => vscode.workspace.getConfiguration("iamPolicy").get(name));
    const before = values();
    const chosen = names.map((name) => [`iamPolicy.${name}`, name.endsWith("OnSave") ? true : "elsewhere"]);
    await open(
      ".vscode/settings.json",
      JSON.stringify({ ...Object.fromEntries(chosen), "editor.tabSize": 7 }),
    );
    await eventually(
      () => vscode.workspace.getConfiguration("editor").get("tabSize"),
      (size) => size === 7,
    );
    assert.deepEqual(values(), before);
  });
});

/** Those that the package says need trust. */
function awsCommands(): readonly string[] {
  const { packageJSON } = vscode.extensions.getExtension("iam-policy-studio.iam-policy-studio") ?? {};
  const commands: readonly { command: string; enablement?: string }[] = packageJSON.contributes.commands;
  return commands.flatMap(({ command, enablement = "" }) =>
    enablement.includes("isWorkspaceTrusted") ? [command] : [],
  );
}

async function settled(run: Thenable<unknown>): Promise<void> {
  try {
    await run;
  } catch {
    // Refusing is what it should do.
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
