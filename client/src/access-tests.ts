/**
 * Access tests in the Test Explorer: found in the workspace, run by the server with unsaved texts, run again when a
 * file changes on which they hang, and with the statements that applied as coverage.
 */
import * as vscode from "vscode";
import type {
  AccessTestFileAnswer,
  AccessTestMessage,
  AccessTestOutcome,
  AccessTestsAnswer,
  FileCoverageAnswer,
  RunAccessTestsParams,
} from "../../server/src/lsp/protocol.js";
import { asMarkdown } from "./as-markdown.js";
import type { LanguageServer } from "./language-server.js";
import { locationOf, rangeOf } from "./ranges.js";

const FILES = "**/*.access-test.{json,jsonc}";
const NAME = /\.access-test\.jsonc?$/i;
/** How long nobody may have typed before tests run again, in milliseconds. */
const QUIET = 400;

export interface AccessTests extends vscode.Disposable {
  readonly controller: vscode.TestController;
  readonly profiles: Readonly<Record<"run" | "coverage", vscode.TestRunProfile>>;
  /** Told after every run, with everything that came out. */
  readonly onDidRun: vscode.Event<readonly AccessTestOutcome[]>;
  /** Looks for all tests anew. */
  refresh(): Promise<void>;
}

export function createAccessTests(server: LanguageServer): AccessTests {
  const controller = vscode.tests.createTestController("iamPolicy.accessTests", "IAM Access Tests");
  const ran = new vscode.EventEmitter<readonly AccessTestOutcome[]>();
  const details = new WeakMap<vscode.FileCoverage, FileCoverageAnswer>();

  const show = (file: AccessTestFileAnswer): void => {
    const uri = vscode.Uri.parse(file.uri);
    const item = controller.createTestItem(uri.toString(), file.name, uri);
    item.children.replace(
      file.tests.map(({ pointer, name, range }, index) => {
        const test = controller.createTestItem(`${item.id}#${pointer}`, name, uri);
        test.range = rangeOf(range);
        // In the order of the file.
        test.sortText = String(index).padStart(6, "0");
        return test;
      }),
    );
    if (file.problems.length > 0) item.error = file.problems.map(({ message }) => message).join("\n");
    controller.items.add(item);
  };
  const refreshFile = async (uri: vscode.Uri): Promise<void> => {
    if (server.state !== "running") return;
    const [file] = await server.ask("iamPolicy/accessTests", { uri: uri.toString() });
    if (file === undefined) controller.items.delete(uri.toString());
    else show(file);
  };
  const refresh = async (): Promise<void> => {
    if (server.state !== "running") return;
    const files = await server.ask("iamPolicy/accessTests", {});
    controller.items.replace([]);
    for (const file of files) show(file);
  };
  controller.refreshHandler = refresh;

  const runOnce = async (
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    coverage: boolean,
  ): Promise<AccessTestsAnswer | undefined> => {
    const chosen = chosenTests(controller, request);
    const run = controller.createTestRun(request);
    for (const test of chosen.tests.values()) run.enqueued(test);
    const outcomes: AccessTestOutcome[] = [];
    try {
      const answer = await server.ask(
        "iamPolicy/runAccessTests",
        { files: chosen.files, coverage },
        {
          token,
          part: (part) => {
            for (const outcome of part) {
              outcomes.push(outcome);
              const test = chosen.tests.get(idOf(outcome));
              if (test !== undefined) report(run, test, outcome);
            }
          },
        },
      );
      for (const [id, test] of chosen.tests) {
        if (!outcomes.some((it) => idOf(it) === id)) run.skipped(test);
      }
      for (const file of answer.coverage ?? []) run.addCoverage(coverageOf(file, details));
      ran.fire(outcomes);
      return answer;
    } catch (error) {
      // Tests that were cancelled are neither passed nor failed.
      if (!token.isCancellationRequested) {
        const message = new vscode.TestMessage(error instanceof Error ? error.message : String(error));
        for (const test of chosen.tests.values()) run.errored(test, message);
      }
      return undefined;
    } finally {
      run.end();
    }
  };

  const handler =
    (coverage: boolean) =>
    async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
      if (request.continuous === true) await watch(request, token, coverage);
      else await runOnce(request, token, coverage);
    };

  /** Runs now, and again after each change of a file on which the outcome hangs, saved or not. */
  const watch = async (
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    coverage: boolean,
  ): Promise<void> => {
    let sources = new Set<string>();
    let timer: NodeJS.Timeout | undefined;
    let current: vscode.CancellationTokenSource | undefined;
    const again = async (): Promise<void> => {
      // What a run says that began before the last change is no longer true.
      current?.cancel();
      const source = new vscode.CancellationTokenSource();
      current = source;
      const answer = await runOnce(request, source.token, coverage);
      if (answer !== undefined)
        sources = new Set(answer.sources.map((it) => vscode.Uri.parse(it).toString()));
    };
    const touched = (uri: vscode.Uri): void => {
      if (!sources.has(uri.toString()) && !NAME.test(uri.path)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void again(), QUIET);
    };
    const disk = vscode.workspace.createFileSystemWatcher("**/*.{json,jsonc}");
    const watching = vscode.Disposable.from(
      disk,
      disk.onDidChange(touched),
      disk.onDidCreate(touched),
      disk.onDidDelete(touched),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) touched(document.uri);
      }),
    );
    token.onCancellationRequested(() => {
      clearTimeout(timer);
      current?.cancel();
      watching.dispose();
    });
    await again();
  };

  const profiles = {
    run: controller.createRunProfile(
      "Run",
      vscode.TestRunProfileKind.Run,
      handler(false),
      true,
      undefined,
      true,
    ),
    coverage: controller.createRunProfile(
      "Run with Statement Coverage",
      vscode.TestRunProfileKind.Coverage,
      handler(true),
      true,
      undefined,
      true,
    ),
  };
  profiles.coverage.loadDetailedCoverage = async (_, file) =>
    (details.get(file)?.statements ?? []).map(
      ({ range, covered }) => new vscode.StatementCoverage(covered, rangeOf(range)),
    );

  const timers = new Map<string, NodeJS.Timeout>();
  const later = (uri: vscode.Uri): void => {
    clearTimeout(timers.get(uri.toString()));
    timers.set(
      uri.toString(),
      setTimeout(() => void refreshFile(uri), QUIET),
    );
  };
  const files = vscode.workspace.createFileSystemWatcher(FILES);
  // A folder comes and goes without a word about what is in it.
  const folders = vscode.workspace.createFileSystemWatcher("**", false, true);
  let refreshing: NodeJS.Timeout | undefined;
  const lookInto = async (uri: vscode.Uri): Promise<void> => {
    try {
      if ((await vscode.workspace.fs.stat(uri)).type !== vscode.FileType.Directory) return;
    } catch {
      // It has gone in the meantime.
      return;
    }
    clearTimeout(refreshing);
    refreshing = setTimeout(() => void refresh(), QUIET);
  };
  const forget = (uri: vscode.Uri): void => {
    for (const [id] of controller.items)
      if (id === uri.toString() || id.startsWith(`${uri}/`)) controller.items.delete(id);
  };
  const disposables = [
    controller,
    ran,
    files,
    files.onDidCreate(later),
    files.onDidChange(later),
    folders,
    folders.onDidCreate(lookInto),
    folders.onDidDelete(forget),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void refresh()),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && NAME.test(document.uri.path)) later(document.uri);
    }),
    server.onDidChangeState((state) => {
      if (state === "running") void refresh();
    }),
  ];
  return {
    controller,
    profiles,
    onDidRun: ran.event,
    refresh,
    dispose() {
      for (const timer of [...timers.values(), refreshing]) clearTimeout(timer);
      vscode.Disposable.from(...disposables).dispose();
    },
  };
}

interface ChosenTests {
  readonly files: RunAccessTestsParams["files"];
  readonly tests: ReadonlyMap<string, vscode.TestItem>;
}

function chosenTests(
  controller: vscode.TestController,
  { include, exclude }: vscode.TestRunRequest,
): ChosenTests {
  const tests = new Map<string, vscode.TestItem>();
  const visit = (item: vscode.TestItem): void => {
    if (exclude?.includes(item)) return;
    if (item.parent !== undefined) tests.set(item.id, item);
    item.children.forEach(visit);
  };
  if (include === undefined) controller.items.forEach(visit);
  // Items may have been replaced since: what counts is their names.
  else for (const item of include) visit(currentOf(controller, item));
  const pointers = new Map<string, string[]>();
  for (const id of tests.keys()) {
    const hash = id.indexOf("#");
    const uri = id.slice(0, hash);
    pointers.set(uri, [...(pointers.get(uri) ?? []), id.slice(hash + 1)]);
  }
  return { files: [...pointers].map(([uri, own]) => ({ uri, pointers: own })), tests };
}

function currentOf({ items }: vscode.TestController, item: vscode.TestItem): vscode.TestItem {
  const file = items.get(item.id.split("#", 1)[0] ?? item.id);
  return (item.id === file?.id ? file : file?.children.get(item.id)) ?? item;
}

function idOf({ uri, pointer }: AccessTestOutcome): string {
  return `${vscode.Uri.parse(uri).toString()}#${pointer}`;
}

function report(
  run: vscode.TestRun,
  test: vscode.TestItem,
  { outcome, messages, decisions }: AccessTestOutcome,
): void {
  run.started(test);
  const shown = messages.map((it) => messageOf(it, test));
  run.appendOutput(
    `${MARKS[outcome]} ${test.label} (${decisions} ${decisions === 1 ? "decision" : "decisions"})\r\n`,
    undefined,
    test,
  );
  for (const { message } of messages) {
    run.appendOutput(`${message.replace(/^/gm, "    ").replaceAll("\n", "\r\n")}\r\n`, undefined, test);
  }
  if (outcome === "passed") run.passed(test);
  else if (outcome === "failed") run.failed(test, shown);
  else run.errored(test, shown);
}

const MARKS = { passed: "✔", failed: "✖", error: "!" } as const;

/** In whole sentences with a way to the statement: one word against another would say less, and hide them. */
function messageOf({ message, place }: AccessTestMessage, test: vscode.TestItem): vscode.TestMessage {
  const text = new vscode.MarkdownString(asMarkdown(message));
  if (place !== undefined) {
    const { uri, range } = locationOf(place);
    const line = range.start.line + 1;
    const name = asMarkdown(`${vscode.workspace.asRelativePath(uri)}:${line}`);
    text.appendMarkdown(`\n\n[${name}](${uri.with({ fragment: `L${line}` })})`);
  }
  const shown = new vscode.TestMessage(text);
  if (place !== undefined) shown.location = locationOf(place);
  else if (test.uri && test.range) shown.location = new vscode.Location(test.uri, test.range);
  return shown;
}

function coverageOf(
  file: FileCoverageAnswer,
  details: WeakMap<vscode.FileCoverage, FileCoverageAnswer>,
): vscode.FileCoverage {
  const { uri, statements } = file;
  const covered = statements.filter((it) => it.covered).length;
  const coverage = new vscode.FileCoverage(
    vscode.Uri.parse(uri),
    new vscode.TestCoverageCount(covered, statements.length),
  );
  details.set(coverage, file);
  return coverage;
}
