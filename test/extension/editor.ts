/** The real editor, in the words of its tests: open a file, wait for what is shown. It asserts nothing about policies. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";

const ID = "iam-policy-studio.iam-policy-studio";
/**
 * Longer than 30 seconds: where a webview is closed while its files are still being read, VS Code's service worker waits
 * so long for them, and every webview behind it waits for the service worker.
 */
const PATIENCE = 45_000;
/** Long enough for VS Code's own JSON validation, which waits before it speaks. */
const QUIET = 1_500;

export async function extension(): Promise<Api> {
  const found = vscode.extensions.getExtension<Api>(ID);
  if (found === undefined) throw new Error(`${ID} is not installed.`);
  return await found.activate();
}

/** The text of a policy of the example workspace. */
export function example(name: string): string {
  const root = vscode.extensions.getExtension(ID)?.extensionPath ?? "";
  return readFileSync(join(root, "examples/workspace/policies", name), "utf8");
}

/** A copy of the corrected example account in a folder of the test's workspace; its `iam-account.json`. */
export async function exampleAccount(folder: string): Promise<vscode.Uri> {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  const root = vscode.extensions.getExtension(ID)?.extensionUri;
  if (workspace === undefined || root === undefined) throw new Error("The tests need a workspace folder.");
  const copy = vscode.Uri.joinPath(workspace.uri, folder);
  await vscode.workspace.fs.copy(vscode.Uri.joinPath(root, "examples/workspace/corrected"), copy, {
    overwrite: true,
  });
  return vscode.Uri.joinPath(copy, "iam-account.json");
}

/** Writes a file into the workspace of the test and opens it. */
export async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("The tests need a workspace folder.");
  const path = join(folder.uri.fsPath, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const document = await vscode.workspace.openTextDocument(path);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** The same for a policy, once it has our language: for VS Code, that closes the document and opens it again. */
export async function openPolicy(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await open(name, text);
  await eventually(
    () => languageOf(document),
    (it) => it === "iam-policy",
  );
  return document;
}

export async function closeAll(): Promise<void> {
  // What covers the editor would be in the next picture.
  await vscode.commands.executeCommand("notifications.clearAll");
  await vscode.commands.executeCommand("workbench.action.closePanel");
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Waits until something holds, and fails with what was there instead. */
export async function eventually<T>(look: () => T | Promise<T>, holds: (it: T) => boolean): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end)
      throw new Error(`Waited in vain; last seen: ${JSON.stringify(seen)}\n${await whatElseIsThere()}`);
    await pause(50);
  }
}

/**
 * A picture of the editor as it is now, which has to show the text; see `tools/vscode/camera.mjs`. Desktop VS Code has no
 * page that one could be taken of, and whoever runs the tests there says so.
 */
export async function picture(name: string, text: string): Promise<void> {
  const camera = process.env["IAM_POLICY_TEST_CAMERA"];
  if (camera === undefined) return;
  const response = await fetch(`${camera}${name}`, { method: "POST", body: text });
  if (!response.ok) throw new Error(await response.text());
}

/** For whoever reads that a test failed. */
async function whatElseIsThere(): Promise<string> {
  const camera = process.env["IAM_POLICY_TEST_CAMERA"];
  if (camera === undefined) return "";
  return await (await fetch(`${camera}trouble`, { method: "POST" })).text();
}

/** What the user is told in messages meanwhile; nobody presses a button of theirs. */
export async function told(run: () => Thenable<unknown>): Promise<readonly string[]> {
  const messages: string[] = [];
  const { window } = vscode;
  const { showErrorMessage, showInformationMessage, showWarningMessage } = window;
  const hear = async (message: string): Promise<undefined> => void messages.push(message);
  Object.assign(window, {
    showErrorMessage: hear,
    showInformationMessage: hear,
    showWarningMessage: hear,
  });
  try {
    await run();
    return messages;
  } finally {
    Object.assign(window, { showErrorMessage, showInformationMessage, showWarningMessage });
  }
}

/** Ends the language server from one moment to the next, as a crash does; VS Code starts it anew. */
export async function crashServer(api: Api): Promise<void> {
  const restarted = new Promise<void>((resolve) => {
    const listening = api.server.onDidChangeState((state) => {
      if (state !== "running") return;
      listening.dispose();
      resolve();
    });
  });
  const windows = `Get-CimInstance Win32_Process -Filter 'ParentProcessId=${process.pid}' | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }`;
  const listed =
    process.platform === "win32"
      ? execFileSync("powershell", ["-NoProfile", "-Command", windows], { encoding: "utf8" })
      : execFileSync("ps", ["-Aww", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const own = listed
    .split("\n")
    .filter((line) => line.includes(`iam-policy-language-server.cjs`) && line.includes(`=${process.pid}`));
  for (const line of own) process.kill(Number.parseInt(line, 10), "SIGKILL");
  await restarted;
}

/** Lets everybody who might still have something to say say it. */
export function settled(): Promise<void> {
  return pause(QUIET);
}

/** All problems of a document, whoever reports them, as `line: source code`, in their order in the text. */
export function problems(document: vscode.TextDocument): readonly string[] {
  return [...vscode.languages.getDiagnostics(document.uri)]
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ range, source, code }) => `${range.start.line + 1}: ${source} ${nameOf(code)}`);
}

export function languageOf(document: vscode.TextDocument): string {
  return document.languageId;
}

/** The quick fixes that the lightbulb offers at a place. */
export async function quickFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
  return actions;
}

function nameOf(code: vscode.Diagnostic["code"]): string {
  return String(typeof code === "object" ? code.value : code);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
