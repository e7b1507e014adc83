/** Puts the extension together when VS Code activates it. It decides nothing by itself. */
import { isAbsolute } from "node:path";
import * as vscode from "vscode";
import type { KindChoice } from "../../server/src/lsp/protocol.js";
import { type AccessTests, createAccessTests } from "./access-tests.js";
import type { Plans } from "./account/plans.js";
import { registerPlans } from "./account/register-plans.js";
import { createCopyPlaces } from "./aws/copy-place.js";
import { createMasterCopies, type DecidedCopy } from "./aws/master-copy.js";
import { type Aws, registerAws } from "./aws/register-aws.js";
import { createChosenKinds } from "./chosen-kinds.js";
import { checkAccess } from "./commands/check-access.js";
import { checkAccessWithAws } from "./commands/check-access-with-aws.js";
import { compareAccess } from "./commands/compare-access.js";
import { compareWithAws } from "./commands/compare-with-aws.js";
import { fixAll } from "./commands/fix-all.js";
import { setKind } from "./commands/set-kind.js";
import { createSimulator } from "./commands/simulate.js";
import { suppress } from "./commands/suppress.js";
import { createDocumentKinds } from "./document-kinds.js";
import { createLanguageMode, validatedLanguages } from "./language-mode.js";
import { createLanguageServer, type LanguageServer } from "./language-server.js";
import { createMatrixPanels, type MatrixPanels } from "./matrix/matrix-panels.js";
import { createShownTexts, type ShownTexts } from "./shown-texts.js";
import { createDecorations, type Decorations } from "./simulate/decorations.js";
import { createExplanations, type Explanations } from "./simulate/explanation.js";
import { createHistory } from "./simulate/history.js";
import { createStatusBar } from "./status-bar.js";
import { addUserToGroup, type DecidedChange, newGroup } from "./templates/edit-account.js";
import { createTemplates, type DecidedTemplate } from "./templates/new-from-template.js";

/** What the extension lets others see, its own tests among them. */
export interface Api {
  readonly server: Pick<LanguageServer, "state" | "onDidChangeState">;
  /** The text of the status bar item; `undefined` where it is hidden. */
  status(): string | undefined;
  readonly accessTests: Pick<AccessTests, "controller" | "profiles" | "onDidRun" | "refresh">;
  readonly matrix: Pick<MatrixPanels, "shown" | "onDidShow" | "post" | "receive" | "serializer">;
  readonly decorations: Pick<Decorations, "shown">;
  readonly explanations: Pick<Explanations, "text">;
  readonly texts: Pick<ShownTexts, "text">;
  readonly plans: Plans;
  readonly aws: Aws;
}

/** Settings that the server is told when it starts. */
const RESTARTING = [
  "json.validate.enable",
  "iamPolicy.checkWorkspace",
  "iamPolicy.inlayHints",
  "iamPolicy.codeLens",
  "iamPolicy.managedPolicies",
] as const;

let running: LanguageServer | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const log = vscode.window.createOutputChannel("IAM Policy Studio", { log: true });
  const chosen = createChosenKinds(context.workspaceState);
  const server = createLanguageServer({
    module: context.asAbsolutePath("out/iam-policy-language-server.cjs"),
    log,
    initializationOptions: () => ({
      syntaxReportedFor: validatedLanguages(),
      // VS Code formats JSON itself, and asks which formatter to take where there are two.
      formattingFor: ["iam-policy"],
      kinds: chosen.all(),
      asksForReasons: true,
      policyCommands: [
        "iamPolicy.simulate",
        // What is not trusted reaches nothing.
        ...(vscode.workspace.isTrusted ? (["iamPolicy.validateWithAws"] as const) : []),
        "iamPolicy.plan",
      ],
      inlayHints: {
        wildcardActions: setting("inlayHints.wildcardActions"),
        size: setting("inlayHints.size"),
      },
      codeLens: setting("codeLens"),
      checkWorkspace: setting("checkWorkspace"),
      managedPolicies: managedPolicies(),
    }),
  });
  running = server;
  let choices: readonly KindChoice[] = [];
  const kinds = createDocumentKinds(server);
  const mode = createLanguageMode(kinds, context.workspaceState);
  const status = createStatusBar(server, kinds, () => choices);
  const texts = createShownTexts();
  const aws = registerAws(server, texts);
  const plans = registerPlans(context, server, texts, aws.connected, aws.tree.refreshAfterApply);

  const start = async (begin: () => Promise<void>): Promise<void> => {
    try {
      await begin();
      choices = await server.ask("iamPolicy/kinds", {});
      status.refresh();
    } catch (error) {
      // The status bar shows it, and a restart may help: the extension itself is fine.
      log.error(`The language server did not start: ${error}`);
    }
  };
  const decorations = createDecorations(context.extensionUri);
  const explanations = createExplanations(texts);
  const history = createHistory(context.workspaceState);
  const simulator = createSimulator(server, decorations, explanations, history, aws.connected);
  const accessTests = createAccessTests(server);
  const matrix = createMatrixPanels(server, simulator, context.extensionUri, aws.connected);
  const templates = createTemplates(server, texts);
  // What is not trusted reaches nothing.
  const readLivePolicy = () => (vscode.workspace.isTrusted ? aws.readLivePolicy : undefined);
  const places = createCopyPlaces(context.workspaceState, aws.buckets);
  const copies = createMasterCopies(server, texts, places, aws.connected);
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    log,
    chosen,
    server,
    kinds,
    mode,
    status,
    decorations,
    accessTests,
    matrix,
    registerCommand("iamPolicy.showMatrix", matrix.show),
    registerCommand("iamPolicy.simulate", simulator.simulate),
    registerCommand("iamPolicy.simulateWithAws", simulator.simulateWithAws),
    registerCommand("iamPolicy.askAwsTheSame", simulator.askAwsTheSame),
    registerCommand("iamPolicy.compareWithAws", (wish?: unknown) =>
      compareWithAws(server, explanations, aws.connected, wish),
    ),
    registerCommand("iamPolicy.simulateAgain", simulator.simulateAgain),
    registerCommand("iamPolicy.showExplanation", simulator.showExplanation),
    registerCommand("iamPolicy.clearSimulation", decorations.clear),
    registerCommand("iamPolicy.compareAccess", (wish?: unknown) => compareAccess(server, explanations, wish)),
    registerCommand("iamPolicy.checkAccess", (wish?: unknown) =>
      checkAccess(server, readLivePolicy(), explanations, decorations, wish),
    ),
    registerCommand("iamPolicy.checkAccessWithAws", (wish?: unknown) =>
      checkAccessWithAws(
        { server, texts, explanations, decorations, readLive: aws.readLivePolicy, connected: aws.connected },
        wish,
      ),
    ),
    registerCommand("iamPolicy.newFromTemplate", (it?: vscode.Uri | DecidedTemplate) =>
      templates.newFromTemplate(it instanceof vscode.Uri ? { folder: it } : it),
    ),
    registerCommand("iamPolicy.newBucketPolicy", (it?: DecidedTemplate) => templates.newBucketPolicy(it)),
    registerCommand("iamPolicy.addUserToGroup", (it?: vscode.Uri | DecidedChange) =>
      addUserToGroup(server, it instanceof vscode.Uri ? { account: it } : it),
    ),
    registerCommand("iamPolicy.newGroup", (it?: vscode.Uri | DecidedChange) =>
      newGroup(server, it instanceof vscode.Uri ? { account: it } : it),
    ),
    registerCommand("iamPolicy.publishMasterCopy", (it?: vscode.Uri | DecidedCopy) =>
      copies.publish(it instanceof vscode.Uri ? { account: it } : it),
    ),
    registerCommand("iamPolicy.restoreMasterCopy", (it?: vscode.Uri | DecidedCopy) =>
      copies.restore(it instanceof vscode.Uri ? { folder: it } : it),
    ),
    texts,
    aws,
    registerCommand("iamPolicy.restartServer", async () => {
      await start(server.restart);
      if (server.state === "running")
        vscode.window.setStatusBarMessage("$(check) The language server runs anew.", 5_000);
      else void vscode.window.showErrorMessage("The language server did not start. Its output says why.");
    }),
    registerCommand("iamPolicy.showOutput", () => log.show()),
    registerCommand("iamPolicy.setKind", (wish?: unknown) => setKind(server, chosen, mode, wish)),
    registerCommand("iamPolicy.fixAll", fixAll),
    registerCommand("iamPolicy.suppress", (finding) => suppress(server, finding)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (RESTARTING.some((it) => event.affectsConfiguration(it))) void start(server.restart);
    }),
  );
  await start(server.start);
  return { server, status: status.text, accessTests, matrix, decorations, explanations, texts, plans, aws };
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

/** The file with AWS's policies; a relative path is one of the first folder. */
function managedPolicies(): string {
  const path = vscode.workspace.getConfiguration("iamPolicy").get<unknown>("managedPolicies");
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  // Whoever writes a number there is told so by VS Code.
  if (typeof path !== "string" || path === "") return "";
  if (isAbsolute(path) || folder === undefined) return path;
  return vscode.Uri.joinPath(folder.uri, path).fsPath;
}

/** One that is on unless it is switched off. */
function setting(name: string): boolean {
  return vscode.workspace.getConfiguration("iamPolicy").get(name, true);
}
