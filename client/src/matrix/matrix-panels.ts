/**
 * "Show Permission Matrix": a panel for each account that asks the server, passes rows on as they come, follows edits,
 * and knows why for every cell. What a page looks like is `webview/matrix.ts`'s.
 */
import * as vscode from "vscode";
import type {
  MatrixHead,
  MatrixLineAnswer,
  MatrixParams,
  MatrixReportParams,
} from "../../../server/src/lsp/protocol.js";
import { goToDeciding, type Simulator } from "../commands/simulate.js";
import { committedTexts, NoCommittedTexts } from "../git-texts.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";
import { pickOrType } from "../simulate/pick-or-type.js";
import { matrixPage } from "./matrix-page.js";
import type { Comparison, FromPage, Kept, Shown, ToPage, Wish } from "./messages.js";

const VIEW = "iamPolicy.matrix";
/** How long nobody may have typed before the matrix follows, in milliseconds. */
const QUIET = 600;

export interface MatrixPanels extends vscode.Disposable {
  /** `wish` comes from a menu, a keybinding or a test: a URI, or what the matrix is to show. */
  show(wish?: unknown): Promise<void>;
  /** What the newest page last said that it shows, for tests. */
  shown(): Shown | undefined;
  readonly onDidShow: vscode.Event<Shown>;
  /** Says to the newest page what a person would do. */
  post(message: ToPage): Promise<boolean>;
  /** As if the page had said it, for tests. */
  receive(message: FromPage): Promise<void>;
  /** What VS Code calls after a reload, for tests. */
  readonly serializer: vscode.WebviewPanelSerializer;
}

interface Panel {
  readonly post: (message: ToPage) => Promise<boolean>;
  readonly receive: (message: FromPage) => Promise<void>;
  readonly update: (wish: Wish) => void;
  readonly reveal: () => void;
}

/** @param connected whether AWS answers; the user has been told otherwise */
export function createMatrixPanels(
  server: LanguageServer,
  simulator: Simulator,
  extensionUri: vscode.Uri,
  connected: () => Promise<boolean>,
): MatrixPanels {
  const panels = new Map<string, Panel>();
  const shows = new vscode.EventEmitter<Shown>();
  let newest: Panel | undefined;
  let lastShown: Shown | undefined;
  shows.event((shown) => {
    lastShown = shown;
  });
  const fill = (view: vscode.WebviewPanel, account: string, wish: Wish): void => {
    lastShown = undefined;
    const panel = fillPanel(view, server, simulator, extensionUri, connected, account, wish, shows, () => {
      if (panels.get(account) === panel) panels.delete(account);
    });
    panels.set(account, panel);
    newest = panel;
  };
  /** After a reload of the window: what the page kept is all that is known. */
  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(view, state: Partial<Kept> | undefined) {
      const { account, comparison = "nothing", ...wish } = wishFrom(state?.wish);
      if (account === undefined || panels.has(account)) return view.dispose();
      // AWS is asked because somebody says so, and nobody has.
      fill(view, account, { ...wish, comparison: comparison === "aws" ? "nothing" : comparison });
    },
  };
  const registration = vscode.window.registerWebviewPanelSerializer(VIEW, serializer);
  return {
    async show(wish) {
      const given = wishFrom(wish);
      const account = given.account ?? (await chooseAccount(server));
      if (account === undefined) return;
      const known = panels.get(account);
      if (known === undefined) {
        const title = `Permission Matrix: ${vscode.workspace.asRelativePath(vscode.Uri.parse(account))}`;
        const view = vscode.window.createWebviewPanel(VIEW, title, vscode.ViewColumn.Active);
        return fill(view, account, given);
      }
      known.reveal();
      known.update(given);
      newest = known;
    },
    shown: () => lastShown,
    onDidShow: shows.event,
    post: async (message) => (await newest?.post(message)) ?? false,
    receive: async (message) => await newest?.receive(message),
    serializer,
    dispose: () => vscode.Disposable.from(shows, registration).dispose(),
  };
}

function fillPanel(
  panel: vscode.WebviewPanel,
  server: LanguageServer,
  simulator: Simulator,
  extensionUri: vscode.Uri,
  connected: () => Promise<boolean>,
  account: string,
  start: Wish,
  shows: vscode.EventEmitter<Shown>,
  closed: () => void,
): Panel {
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, "out")],
  };
  const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, `client/media/matrix-${theme}.svg`);
  panel.iconPath = { light: icon("light"), dark: icon("dark") };
  let wish: Wish = start;
  let head: MatrixHead | undefined;
  let rows: MatrixLineAnswer[] = [];
  let running: vscode.CancellationTokenSource | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;

  const post = async (message: ToPage): Promise<boolean> =>
    isReady && (await panel.webview.postMessage(message));
  const comparison = (): Comparison => wish.comparison ?? "nothing";
  const postHead = (of: MatrixHead): Promise<boolean> =>
    post({ type: "head", head: of, wish: { ...wish, account } });

  const postAll = async (of: MatrixHead): Promise<void> => {
    await postHead(of);
    await post({ type: "rows", rows });
    await post({ type: running === undefined ? (rows.length < of.rows ? "stopped" : "done") : "busy" });
  };

  /** Asked once, because the user said so: whatever changes then is compared with nothing. */
  const loadBesideAws = async ({ principals, columns, resources }: MatrixHead): Promise<void> => {
    running?.cancel();
    running = undefined;
    await post({ type: "busy" });
    const params = {
      account,
      as: principals,
      columns,
      resources,
      ...(wish.context && { context: wish.context }),
    };
    const answer = (await connected())
      ? await askLong(server, "Comparing with AWS…", "iamPolicy/matrixLive", params)
      : undefined;
    if (comparison() !== "aws" || running !== undefined) return;
    if (answer === undefined) return update({ comparison: "nothing" });
    ({ head } = answer);
    rows = [...answer.rows];
    await postAll(head);
  };
  const load = async (): Promise<void> => {
    running?.cancel();
    const source = new vscode.CancellationTokenSource();
    running = source;
    const isCurrent = () => running === source;
    await post({ type: "busy" });
    try {
      const compare = await stateFor(server, account, comparison());
      const { comparison: _, ...asked } = wish;
      const answer = await server.ask(
        "iamPolicy/matrix",
        { ...asked, account, ...(compare && { compare }) },
        {
          token: source.token,
          part: (part) => {
            if (!isCurrent()) return;
            if ("head" in part) {
              head = part.head;
              rows = [];
              void postHead(head);
            } else {
              rows.push(...part.rows);
              void post({ type: "rows", rows: part.rows });
            }
          },
        },
      );
      if (!isCurrent()) return;
      running = undefined;
      if ("ok" in answer) {
        head = undefined;
        await post({ type: "refusal", message: answer.message });
      } else await post({ type: "done" });
    } catch (error) {
      if (!isCurrent()) return;
      running = undefined;
      if (error instanceof NoCommittedTexts) wish = { ...wish, comparison: "nothing" };
      await post({ type: "refusal", message: error instanceof Error ? error.message : String(error) });
    }
  };
  const update = (change: Wish): void => {
    const kept = comparison() === "aws" ? { ...wish, comparison: "nothing" as const } : wish;
    wish = { ...kept, ...change };
    void load();
  };
  /** Beside the matrix, which keeps the keyboard for the next cell unless somebody goes to the statement. */
  const explain = async ({ principal, column, resource, go }: FromPage & { type: "why" }): Promise<void> => {
    const question = { account, as: principal, action: column, ...(resource !== undefined && { resource }) };
    const answer = await simulator.explain(question);
    if (answer !== undefined && go === true) await goToDeciding(answer);
  };
  const receive = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case "ready":
        isReady = true;
        if (head === undefined) return await load();
        // Hidden pages are thrown away; what they showed is here.
        return await postAll(head);
      case "shown":
        shows.fire(message.shown);
        return;
      case "by": {
        const { columns: _, ...others } = wish;
        wish = others;
        return update({ by: message.by });
      }
      case "compare":
        if (message.comparison !== "aws") return update({ comparison: message.comparison });
        if (head === undefined || head.by === "service") {
          void vscode.window.showInformationMessage(
            "AWS's simulator is asked about actions: choose them as rows first.",
          );
          return update({ comparison: "nothing" });
        }
        wish = { ...wish, comparison: "aws" };
        return await loadBesideAws(head);
      case "why":
        // A service is no action: its own actions say more.
        if (head?.by === "service") return update({ by: "action", columns: [`${message.column}:*`] });
        return await explain(message);
      case "stop":
        running?.cancel();
        running = undefined;
        await post({ type: "stopped" });
        return;
      case "again":
        return update({});
      case "choose": {
        const change = await choose(server, account, message.what, wish, head);
        if (change !== undefined) update(change);
        return;
      }
      case "export":
        return await save(server, account, message.report);
    }
  };
  const touched = (uri: vscode.Uri): void => {
    const own = head?.sources.some((it) => vscode.Uri.parse(it).toString() === uri.toString());
    if (own !== true && uri.toString() !== account) return;
    clearTimeout(timer);
    timer = setTimeout(() => update({}), QUIET);
  };
  const disk = vscode.workspace.createFileSystemWatcher("**/*.{json,jsonc}");
  const disposables = [
    disk,
    disk.onDidChange(touched),
    disk.onDidCreate(touched),
    disk.onDidDelete(touched),
    panel.webview.onDidReceiveMessage((message: FromPage) => receive(message)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) touched(document.uri);
    }),
  ];
  panel.onDidDispose(() => {
    running?.cancel();
    clearTimeout(timer);
    vscode.Disposable.from(...disposables).dispose();
    closed();
  });
  panel.webview.html = matrixPage(panel.webview, extensionUri);
  return { post, receive, update, reveal: () => panel.reveal() };
}

async function stateFor(
  server: LanguageServer,
  account: string,
  comparison: Comparison,
): Promise<MatrixParams["compare"]> {
  if (comparison === "nothing") return undefined;
  if (comparison === "saved") return "saved";
  const texts = await committedTexts(vscode.Uri.parse(account), "HEAD", (known) =>
    server.ask("iamPolicy/sources", { uri: account, texts: known }),
  );
  return { texts };
}

async function choose(
  server: LanguageServer,
  account: string,
  what: "columns" | "principals" | "resources",
  wish: Wish,
  head: MatrixHead | undefined,
): Promise<Wish | undefined> {
  const choices = await server.ask("iamPolicy/simulateChoices", { account });
  const now = {
    columns: head?.columns ?? wish.columns ?? [],
    principals: head?.principals ?? wish.as ?? [],
    resources: head?.resources ?? wish.resources ?? [],
  }[what];
  const more = {
    columns: head?.by === "service" ? [] : choices.actions.map(({ action }) => action),
    principals: choices.principals.map(({ as }) => as),
    resources: choices.resources,
  }[what];
  const items = [...new Set([...now, ...more])].map((label) => ({ label }));
  const words = {
    columns:
      head?.by === "service"
        ? "Which services? Choose, or type a prefix such as s3."
        : "Which actions? Choose, or type one or a pattern such as s3:*.",
    principals: "Who? Choose, or type an ARN.",
    resources:
      "On which resources? Choose, or type an ARN; none: all that the policies tell apart, together.",
  }[what];
  // Letters in which somebody looks for an item are none themselves.
  const typed = {
    columns: head?.by === "service" ? /^[a-z0-9-]+$/ : /^(?:[^:\s]+:[^:\s]+|\*)$/,
    principals: /^(?:\w+\/.+|arn:.+|root|anonymous)$/,
    resources: /^(?:\*|arn:.+)$/,
  }[what];
  const picked = await pickOrType({
    title: "Permission Matrix",
    placeholder: words,
    step: 1,
    steps: 1,
    items,
    many: items.filter(({ label }) => now.includes(label)),
    typed: (text) => (typed.test(text) ? { label: text } : undefined),
  });
  if (picked === undefined || picked === "back") return undefined;
  const { labels } = picked;
  if (what === "columns") return { columns: labels };
  return what === "principals" ? { as: labels.length > 0 ? labels : now } : { resources: labels };
}

const FILES = {
  csv: ["csv", "CSV"],
  markdown: ["md", "Markdown"],
  svg: ["svg", "SVG"],
} as const;

async function save(server: LanguageServer, account: string, report: MatrixReportParams): Promise<void> {
  const [extension, title] = FILES[report.format];
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(account), `../permission-matrix.${extension}`),
    filters: { [title]: [extension] },
    title: "Export Permission Matrix",
  });
  if (target === undefined) return;
  const text = await server.ask("iamPolicy/matrixReport", report);
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    void vscode.window.showErrorMessage(
      `The matrix could not be saved: ${error instanceof Error ? error.message : error}`,
    );
  }
}

async function chooseAccount(server: LanguageServer): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const { accounts } = await server.ask(
    "iamPolicy/simulateChoices",
    active === undefined ? {} : { uri: active },
  );
  const own = accounts.filter(({ mentions }) => mentions);
  const list = own.length > 0 ? own : accounts;
  if (list.length === 0) {
    void vscode.window.showInformationMessage(
      "There is no account to show: write an iam-account.json, or open the output of aws iam get-account-authorization-details.",
    );
    return undefined;
  }
  if (list.length === 1) return list[0]?.uri;
  const items = list.map(({ name, uri }) => ({ label: name, uri }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Permission Matrix",
    placeHolder: "Of which account?",
  });
  return picked?.uri;
}

function wishFrom(wish: unknown): Wish {
  if (wish instanceof vscode.Uri) return { account: wish.toString() };
  return typeof wish === "object" && wish !== null ? (wish as Wish) : {};
}
