/** Access Analyzer's findings in the real editor, on command and on save, and policies as the account has them. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { AccountNode } from "../../server/src/lsp/protocol.js";
import { ACCOUNT } from "../aws/stand-in/account.js";
import { closeAll, eventually, extension, openPolicy } from "./editor.js";
import { withStandIn } from "./stand-in.js";

const POLICY =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }] }';
const FINDING = {
  findingType: "WARNING",
  issueCode: "MISSING_VERSION",
  findingDetails: "Words of AWS.",
  learnMoreLink:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  locations: [
    {
      path: [{ value: "Statement" }, { index: 0 }, { value: "Action" }],
      span: { start: { line: 1, column: 75, offset: 75 }, end: { line: 1, column: 92, offset: 92 } },
    },
  ],
};

describe("What AWS says, in the real editor", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  const said = (uri: vscode.Uri) =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "Access Analyzer");

  it("shows what AWS alone finds, until the text changes", async () => {
    await withStandIn(async (standIn) => {
      standIn.analyzer.findings.set(POLICY, [FINDING]);
      const { uri } = await openPolicy("said-by-aws.json", POLICY);
      void vscode.commands.executeCommand("iamPolicy.validateWithAws", uri);
      const [finding] = await eventually(
        () => said(uri),
        (found) => found.length === 1,
      );
      assert.equal(finding?.code instanceof Object ? finding.code.value : finding?.code, "MISSING_VERSION");
      const editor = vscode.window.activeTextEditor;
      await editor?.edit((edit) => edit.insert(new vscode.Position(0, 1), " "));
      await eventually(
        () => said(uri),
        (found) => found.length === 0,
      );
    });
  });

  it("asks once for saves that follow each other, and only where that is switched on", async () => {
    await withStandIn(async (standIn) => {
      const document = await openPolicy("saved.json", POLICY);
      const settings = vscode.workspace.getConfiguration("iamPolicy.aws");
      const save = async () => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 1), " ");
        await vscode.workspace.applyEdit(edit);
        await document.save();
      };
      const asked = () => standIn.operations().filter((it) => it === "ValidatePolicy").length;
      await save();
      await settings.update("validateOnSave", true, vscode.ConfigurationTarget.Global);
      try {
        await save();
        await save();
        await eventually(asked, (count) => count > 0);
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        assert.equal(asked(), 1);
      } finally {
        await settings.update("validateOnSave", undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });

  it("opens a policy as the account has it, and nobody can write in it", async () => {
    await withStandIn(async () => {
      await vscode.commands.executeCommand("iamPolicy.refreshAccount");
      const policy = nodesIn(api.aws.tree.nodes).find(({ document }) => document?.startsWith("policy/"));
      assert.ok(policy !== undefined);
      await vscode.commands.executeCommand("iamPolicy.openLivePolicy", policy);
      const { document } = vscode.window.activeTextEditor ?? {};
      assert.match(document?.getText() ?? "", /"Statement"/);
      assert.equal(vscode.workspace.fs.isWritableFileSystem(document?.uri.scheme ?? "file"), undefined);
    }, ACCOUNT);
  });
});

function nodesIn(nodes: readonly AccountNode[]): readonly AccountNode[] {
  return nodes.flatMap((it) => [it, ...nodesIn(it.children)]);
}
