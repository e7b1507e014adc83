/**
 * The language server as the rest of the extension sees it: started, stopped, asked and listened to.
 * It knows nothing about what is asked.
 */
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import {
  type GenericNotificationHandler,
  type GenericRequestHandler,
  LanguageClient,
  ProgressType,
  State,
  TransportKind,
  WorkDoneProgress,
} from "vscode-languageclient/node";
import type {
  ClientRequests,
  InitializationOptions,
  Requests,
  ServerNotifications,
} from "../../server/src/lsp/protocol.js";
import { pushedDiagnostics } from "./pushed-diagnostics.js";

export const LANGUAGES = ["iam-policy", "json", "jsonc", "markdown"] as const;
/** Others, such as `git:` for the old side of a diff, show texts that nobody can repair. */
const SCHEMES = ["file", "untitled"] as const;

export type ServerState = "starting" | "running" | "stopped";

export interface AskOptions<M extends keyof Requests> {
  readonly token?: vscode.CancellationToken;
  /** Takes parts of the answer as they come; the result then lacks them. */
  readonly part?: (part: PartOf<M>) => void;
}

type PartOf<M extends keyof Requests> = Requests[M] extends { readonly part: infer P } ? P : never;

export interface LanguageServer extends vscode.Disposable {
  readonly state: ServerState;
  readonly onDidChangeState: vscode.Event<ServerState>;
  start(): Promise<void>;
  /** Also after a crash or a start that failed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  ask<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
    options?: AskOptions<M>,
  ): Promise<Requests[M]["result"]>;
  /** The same for a request that reports how far it is. */
  askReporting<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
    report: (progress: { readonly message?: string; readonly increment?: number }) => void,
    token: vscode.CancellationToken,
  ): Promise<Requests[M]["result"]>;
  /** For the whole life of the extension, whichever process the server runs in. */
  on<M extends keyof ServerNotifications>(
    method: M,
    listener: (params: ServerNotifications[M]) => void,
  ): void;
  /** The same for what the server asks. */
  answer<M extends keyof ClientRequests>(
    method: M,
    answer: (params: ClientRequests[M]["params"]) => Promise<ClientRequests[M]["result"]>,
  ): void;
}

export interface LanguageServerOptions {
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  /** Called at every start. */
  readonly initializationOptions: () => InitializationOptions;
}

export function createLanguageServer(options: LanguageServerOptions): LanguageServer {
  const stateChanged = new vscode.EventEmitter<ServerState>();
  const listeners: [string, GenericNotificationHandler][] = [];
  const answers: [string, GenericRequestHandler<unknown, unknown>][] = [];
  let state: ServerState = "stopped";
  let client: LanguageClient | undefined;
  let parts = 0;

  const changeTo = (next: ServerState): void => {
    if (next === state) return;
    state = next;
    stateChanged.fire(next);
  };

  const start = async (): Promise<void> => {
    // A client whose start failed cannot be started again, so every start has its own.
    const started = createClient(options);
    client = started;
    for (const [method, listener] of listeners) started.onNotification(method, listener);
    for (const [method, answer] of answers) started.onRequest(method, answer);
    started.onDidChangeState(({ newState }) => {
      if (client === started) changeTo(stateOf(newState));
    });
    await started.start();
  };

  const stop = async (): Promise<void> => {
    const stopped = client;
    client = undefined;
    changeTo("stopped");
    try {
      await stopped?.dispose();
    } catch (error) {
      // One that hangs or has crashed is ended by the client after a while; a new one need not wait for it.
      options.log.warn(`The language server did not stop as asked: ${error}`);
    }
  };

  const running = (): LanguageClient => {
    if (client === undefined) throw new Error("The language server is not running.");
    return client;
  };

  return {
    get state() {
      return state;
    },
    onDidChangeState: stateChanged.event,
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
    async ask(method, params, { token, part } = {}) {
      const asked = running();
      // An argument that is `undefined` would count as another parameter.
      const send = (all: object): Promise<Requests[typeof method]["result"]> =>
        token === undefined ? asked.sendRequest(method, all) : asked.sendRequest(method, all, token);
      if (part === undefined) return await send(params);
      const partialResultToken = `iam-policy-${++parts}`;
      const listening = asked.onProgress(
        new ProgressType<Parameters<typeof part>[0]>(),
        partialResultToken,
        part,
      );
      try {
        return await send({ ...params, partialResultToken });
      } finally {
        listening.dispose();
      }
    },
    async askReporting(method, params, report, token) {
      const asked = running();
      const workDoneToken = randomUUID();
      let reached = 0;
      const progress = asked.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
        if (value.kind === "end") return;
        const percentage = value.percentage ?? reached;
        report({
          ...(value.message !== undefined && { message: value.message }),
          increment: percentage - reached,
        });
        reached = percentage;
      });
      try {
        return await asked.sendRequest(method, { ...params, workDoneToken }, token);
      } finally {
        progress.dispose();
      }
    },
    on(method, listener) {
      listeners.push([method, listener]);
      client?.onNotification(method, listener);
    },
    answer(method, answer) {
      const handler: GenericRequestHandler<unknown, unknown> = answer;
      answers.push([method, handler]);
      client?.onRequest(method, handler);
    },
    dispose: () => stateChanged.dispose(),
  };
}

function createClient({ module, log, initializationOptions }: LanguageServerOptions): LanguageClient {
  const client = new LanguageClient(
    "iamPolicy",
    "IAM Policy Studio",
    {
      // Room for what one keystroke leaves behind, so that it is gone before it has to be copied.
      run: { module, transport: TransportKind.ipc, options: { execArgv: ["--max-semi-space-size=64"] } },
      // Where the extension itself is being debugged; see .vscode/launch.json.
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--inspect=6009"] } },
    },
    {
      documentSelector: LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme }))),
      initializationOptions,
      outputChannel: log,
    },
  );
  client.registerFeature(pushedDiagnostics);
  return client;
}

function stateOf(state: State): ServerState {
  switch (state) {
    case State.Starting:
      return "starting";
    case State.Running:
      return "running";
    default:
      return "stopped";
  }
}
