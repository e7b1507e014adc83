/**
 * Which AWS the user works with: profile, Region and endpoint from the user's settings, never from a workspace's. Shown
 * in the status bar once AWS has been asked. It holds no credentials: the server finds them when they are needed.
 */
import * as vscode from "vscode";
import type { AwsChoice, AwsSession } from "../../../server/src/lsp/change-protocol.js";
import type { LanguageServer } from "../language-server.js";
import { shownIfSlow, wordsOf } from "../long-request.js";

export interface AwsSessions extends vscode.Disposable {
  /** The text of the status bar item; `undefined` where it is hidden. */
  status(): string | undefined;
  /**
   * Asks who the session is and shows it.
   * @throws with words for the user where AWS cannot be reached, or a CancellationError where the user gave up
   */
  connect(): Promise<AwsSession>;
  switchProfile(profile?: string): Promise<void>;
  /** Tells the server, which forgets what it has read; it is told whenever it starts, after a crash too. */
  tellServer(): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const SETTINGS = "iamPolicy.aws";

export function createAwsSessions(server: LanguageServer): AwsSessions {
  const item = vscode.window.createStatusBarItem("iamPolicy.aws", vscode.StatusBarAlignment.Right, 99);
  item.name = "IAM Policy: AWS";
  item.command = "iamPolicy.switchProfile";
  const changed = new vscode.EventEmitter<void>();
  let shown = false;

  const show = (text: string, tooltip: string): void => {
    shown = true;
    item.text = text;
    item.tooltip = tooltip;
    item.show();
  };
  let told: Promise<unknown> = Promise.resolve();
  const tellServer = (): Promise<void> => {
    const telling = tell();
    // Requests can overtake each other while a server starts: who asks waits for this one.
    told = telling.catch(() => undefined);
    return telling;
  };
  const tell = async (): Promise<void> => {
    shown = false;
    item.hide();
    // A workspace that is not trusted reaches nothing: the server is not even told where AWS is.
    if (vscode.workspace.isTrusted) await server.ask("iamPolicy/useAws", choice());
    changed.fire();
  };
  /** A server that is not running is told once it has started. */
  const tellIfRunning = (): void => void tellServer().catch(() => undefined);
  const connect = async (): Promise<AwsSession> => {
    if (!vscode.workspace.isTrusted) throw new Error("This workspace is not trusted, so AWS is not asked.");
    try {
      await told;
      const session = await shownIfSlow("Signing in to AWS…", server.ask("iamPolicy/awsSession", {}));
      const { profile, accountId, region, arn } = session;
      const parts = [profile ?? "environment", accountId, region];
      show(`$(cloud) ${parts.join(" · ")}`, `Calls to AWS are made as ${arn}.\nClick to switch the profile.`);
      return session;
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) show("$(cloud) AWS: not signed in", wordsOf(error));
      throw error;
    }
  };
  const switchProfile = async (profile?: string): Promise<void> => {
    const wanted = profile ?? (await pickProfile(server));
    if (wanted === undefined) return;
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration(SETTINGS).update("profile", wanted || undefined, Global);
    await tellServer();
    try {
      await connect();
    } catch (error) {
      if (!(error instanceof vscode.CancellationError)) void vscode.window.showErrorMessage(wordsOf(error));
    }
  };
  server.answer("iamPolicy/askMfaCode", async ({ serial }) => {
    const code = await vscode.window.showInputBox({
      title: "MFA Code",
      prompt: `The code that ${serial} shows now. It is used once and kept nowhere.`,
      ignoreFocusOut: true,
      validateInput: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : "Six digits."),
    });
    return code?.trim() ?? null;
  });
  const disposables = [
    item,
    changed,
    server.onDidChangeState((state) => {
      if (state === "running") tellIfRunning();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS)) tellIfRunning();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(tellIfRunning),
  ];
  return {
    status: () => (shown ? item.text : undefined),
    connect,
    switchProfile,
    tellServer,
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

/** The user's own settings only, whatever a workspace's say. */
function choice(): AwsChoice {
  const settings = vscode.workspace.getConfiguration(SETTINGS);
  const own = (key: string): string | undefined => {
    const value = settings.inspect<unknown>(key)?.globalValue;
    // Whoever writes a number there is told so by VS Code.
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [profile, region, endpointUrl] = ["profile", "region", "endpointUrl"].map(own);
  return { ...(profile && { profile }), ...(region && { region }), ...(endpointUrl && { endpointUrl }) };
}

async function pickProfile(server: LanguageServer): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showErrorMessage("This workspace is not trusted, so AWS is not asked.");
    return undefined;
  }
  const profiles = await server.ask("iamPolicy/awsProfiles", {});
  const items = [
    { label: "$(terminal) Environment", description: "what the standard provider chain finds", profile: "" },
    ...profiles.map((profile) => ({ label: profile, profile })),
  ];
  const title = "Which AWS profile?";
  return (await vscode.window.showQuickPick(items, { title }))?.profile;
}
