import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import { closeAll, eventually, extension, languageOf, open, problems } from "./editor.js";

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }]
}
`;

describe("Commands and status bar", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  const status = (text: RegExp): Promise<unknown> => eventually(api.status, (it) => text.test(it ?? ""));

  it("has the commands that the manifest promises", async () => {
    const known = await vscode.commands.getCommands(true);
    for (const command of ["restartServer", "showOutput", "setKind", "fixAll"])
      assert.ok(known.includes(`iamPolicy.${command}`), command);
    await vscode.commands.executeCommand("iamPolicy.showOutput");
  });

  it("shows the kind of the active policy, and nothing for other files", async () => {
    await open("identity.json", POLICY);
    await status(/identity/i);
    await open("other.json", "{}\n");
    await eventually(api.status, (it) => it === undefined);
  });

  it("takes the user's word on the kind, checks by it, and detects again when told to", async () => {
    const document = await open("kind.json", POLICY);
    await status(/identity/i);
    await vscode.commands.executeCommand("iamPolicy.setKind", "trust");
    await status(/trust/i);
    await eventually(
      () => problems(document),
      (it) => it.some((problem) => problem.includes("missing-principal")),
    );
    await vscode.commands.executeCommand("iamPolicy.setKind", "detect");
    await status(/identity/i);
    await eventually(
      () => problems(document),
      (it) => !it.some((problem) => problem.includes("missing-principal")),
    );
  });

  it("takes a file for a policy because the user says so, and gives it back", async () => {
    const document = await open("half.json", '{ "Id": "half-written" }\n');
    await vscode.commands.executeCommand("iamPolicy.setKind", "identity");
    await eventually(
      () => languageOf(document),
      (it) => it === "iam-policy",
    );
    await vscode.commands.executeCommand("iamPolicy.setKind", "detect");
    await eventually(
      () => languageOf(document),
      (it) => it === "json",
    );
  });

  it("restarts the server, which then reports again", async () => {
    const document = await open("restart.json", POLICY.replace('"Allow",', '"Allow"'));
    const reported = () =>
      eventually(
        () => problems(document),
        (it) => it.some((problem) => problem.includes("missing-comma")),
      );
    await reported();
    const states: string[] = [];
    const listening = api.server.onDidChangeState((state) => states.push(state));
    await vscode.commands.executeCommand("iamPolicy.restartServer");
    listening.dispose();
    assert.deepEqual(states, ["stopped", "starting", "running"]);
    await reported();
  });
});
