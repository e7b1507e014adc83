import assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAll, eventually, extension, openPolicy } from "./editor.js";

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::<bucket>/*" }
  ]
}
`;

describe("At a glance in the real editor", () => {
  before(extension);
  afterEach(closeAll);

  it("shows outline, hints, lenses and colours of a policy, and renames a placeholder", async () => {
    const document = await openPolicy("glance.json", POLICY);
    const ask = <T>(command: string, ...rest: unknown[]): Promise<T> =>
      eventually(
        async () => await vscode.commands.executeCommand<T>(command, document.uri, ...rest),
        (it) => it !== undefined && it !== null,
      );

    const [statement] = await ask<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider");
    assert.match(statement?.name ?? "", /^Allow \d+ S3 actions on <bucket>/);

    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await ask<vscode.InlayHint[]>("vscode.executeInlayHintProvider", whole);
    assert.deepEqual(
      hints.map(({ label }) => String(label).replace(/[\d,]+/g, "N")),
      ["N actions", "N of N characters"],
    );

    const lenses = await ask<vscode.CodeLens[]>("vscode.executeCodeLensProvider");
    assert.ok(
      lenses.some(({ command }) => /^Identity policy · Allows \d+ S3 actions/.test(command?.title ?? "")),
    );

    const legend = await ask<vscode.SemanticTokensLegend>("vscode.provideDocumentSemanticTokensLegend");
    assert.ok(legend.tokenTypes.includes("macro"));

    const place = document.positionAt(POLICY.indexOf("<bucket>") + 2);
    const edit = await ask<vscode.WorkspaceEdit>("vscode.executeDocumentRenameProvider", place, "<logs>");
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.getText().includes("arn:aws:s3:::<logs>/*"));
  });
});
