/** `initialize`: what the client can do, which folders are open, what this server offers. */
import {
  CodeActionKind,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../../assist/semantic-tokens.js";
import type { InitializationOptions } from "../protocol.js";
import { pathOf, type Session } from "../session.js";
import { FILE_OPERATIONS } from "./did-change-watched-files.js";
import { COMMANDS } from "./execute-command.js";

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.iamPolicy`;

export function initialize(session: Session): void {
  session.connection.onInitialize((params): InitializeResult => {
    session.capabilities = params.capabilities;
    session.locale = params.locale;
    session.options = readOptions(params.initializationOptions);
    session.workspace.setFolders(foldersOf(params));
    for (const [uri, kind] of Object.entries(session.options.kinds ?? {}))
      session.workspace.setKind(uri, kind);
    return {
      serverInfo: { name: "iam-policy-language-server", version: session.version },
      capabilities: {
        positionEncoding: "utf-16",
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, FIX_ALL] },
        inlayHintProvider: true,
        ...(session.options.codeLens !== false && { codeLensProvider: {} }),
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentSymbolProvider: { label: "IAM Policy" },
        documentLinkProvider: {},
        documentHighlightProvider: true,
        referencesProvider: true,
        renameProvider: params.capabilities.textDocument?.rename?.prepareSupport
          ? { prepareProvider: true }
          : true,
        semanticTokensProvider: {
          legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
          full: true,
        },
        documentFormattingProvider: session.options.formattingFor === undefined,
        documentRangeFormattingProvider: session.options.formattingFor === undefined,
        hoverProvider: true,
        completionProvider: { triggerCharacters: ['"', ":", "/", "$", "{", ".", "<"], resolveProvider: true },
        diagnosticProvider: {
          identifier: "iam-policy",
          interFileDependencies: false,
          workspaceDiagnostics: false,
        },
        executeCommandProvider: { commands: [...COMMANDS] },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: FILE_OPERATIONS,
        },
      },
    };
  });
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.map(pathOf).filter((path) => path !== undefined);
}

/** Options come from outside: only an object is one. */
function readOptions(options: unknown): InitializationOptions {
  return typeof options === "object" && options !== null ? (options as InitializationOptions) : {};
}
