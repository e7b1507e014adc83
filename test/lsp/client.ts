/** A language client for tests, over in-memory streams: the server as it ships, but for the process. */
import { PassThrough } from "node:stream";
import { createConnection } from "vscode-languageserver/node";
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import type { AwsPorts } from "../../server/src/lsp/live-aws.js";
import { startServer } from "../../server/src/lsp/server.js";
import { templatesIn } from "../../server/src/node/disk-templates.js";
import type { ChangePorts } from "../../server/src/workspace/change-ports.js";
import { realCatalogue } from "../catalogue/real.js";

export interface TestClient {
  readonly connection: ProtocolConnection;
  /** The files that the server can read, by path. */
  readonly files: Map<string, string>;
  /** The edits that the server asked for. */
  readonly edits: WorkspaceEdit[];
  /** What the server wrote to its log. */
  readonly log: string[];
  /** What the server had the user shown. */
  readonly shown: string[];
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, text: string): void;
  /** The diagnostics of the newest version, once they are published. */
  diagnostics(uri: string): Promise<PublishDiagnosticsParams>;
  /** The diagnostics that are published next. */
  nextDiagnostics(uri: string): Promise<PublishDiagnosticsParams>;
  stop(): void;
}

export interface ClientOptions {
  readonly capabilities?: object;
  readonly initializationOptions?: object;
  readonly folder?: string;
  readonly files?: Map<string, string>;
  readonly aws?: AwsPorts;
  readonly change?: ChangePorts;
}

export const NO_CHANGE: ChangePorts = {
  targets: {},
  journals: () => {
    throw new Error("A journal was opened.");
  },
  locks: () => () => Promise.reject(new Error("An account was to be changed.")),
  paidCalls: () => {
    throw new Error("A call was to be recorded.");
  },
  now: () => "2026-11-22T00:00:00.000Z",
  random: () => 0,
  wait: () => Promise.resolve(),
};

/** Nobody reaches it, and nobody asks. */
const NO_AWS: AwsPorts = {
  connectAws: () => Promise.reject(new Error("AWS was asked.")),
  listProfiles: () => Promise.reject(new Error("Profiles were read.")),
};

export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const files = options.files ?? new Map<string, string>();
  const edits: WorkspaceEdit[] = [];
  const log: string[] = [];
  const shown: string[] = [];
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    catalogue: realCatalogue,
    readFile: (path) => files.get(path),
    parentFolder: (path) => (path === "/" ? undefined : path.slice(0, path.lastIndexOf("/")) || "/"),
    join: (folder, name) => `${folder}/${name}`,
    relative: (folder, path) => path.slice(folder.length + 1),
    listFiles: (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)),
    today: () => "2026-11-22",
    shippedTemplates: () => templatesIn("templates"),
    templatesIn: () => new Map(),
    version: "0.0.0",
    writeAll: (list) => {
      for (const { path, text } of list) files.set(path, text);
    },
    change: options.change ?? NO_CHANGE,
    ...(options.aws ?? NO_AWS),
  });
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting: (() => void)[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    for (const wake of waiting.splice(0)) wake();
  });
  connection.onNotification(
    "window/logMessage",
    ({ message }: { message: string }) => void log.push(message),
  );
  connection.onNotification(
    "window/showMessage",
    ({ message }: { message: string }) => void shown.push(message),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
    edits.push(edit);
    return { applied: true };
  });
  connection.listen();
  const folder = options.folder ?? "/workspace";
  await connection.sendRequest("initialize", {
    processId: null,
    rootUri: `file://${folder}`,
    workspaceFolders: [{ uri: `file://${folder}`, name: "workspace" }],
    capabilities: options.capabilities ?? {
      textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
      workspace: { workspaceEdit: { documentChanges: true } },
    },
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  const versions = new Map<string, number>();
  return {
    connection,
    files,
    edits,
    log,
    shown,
    open(uri, text, languageId = "json") {
      versions.set(uri, 1);
      void connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    change(uri, text) {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      void connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    async diagnostics(uri) {
      for (;;) {
        const known = published.get(uri);
        if (known !== undefined && (known.version === undefined || known.version >= (versions.get(uri) ?? 0)))
          return known;
        await new Promise<void>((resolve) => void waiting.push(resolve));
      }
    },
    async nextDiagnostics(uri) {
      const before = published.get(uri);
      for (;;) {
        const known = published.get(uri);
        if (known !== undefined && known !== before) return known;
        await new Promise<void>((resolve) => void waiting.push(resolve));
      }
    },
    stop: () => connection.end(),
  };
}
