/** The language server on a connection: a session and its handlers. The connection and the disk come from outside. */
import { type Connection, TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createAccountDesk } from "../workspace/account-desk.js";
import type { AccountWork } from "../workspace/account-questions.js";
import type { ChangePorts } from "../workspace/change-ports.js";
import { countPaidCalls } from "../workspace/paid-calls.js";
import type { TemplatePorts } from "../workspace/template-library.js";
import { Workspace, type WorkspacePorts } from "../workspace/workspace.js";
import { createAwsFindings } from "./aws-findings.js";
import { describe } from "./guard.js";
import { accountQuestions } from "./handlers/account-questions.js";
import { awsChecks } from "./handlers/aws-checks.js";
import { awsSession } from "./handlers/aws-session.js";
import { checkAccount } from "./handlers/check-account.js";
import { codeAction } from "./handlers/code-action.js";
import { codeLens } from "./handlers/code-lens.js";
import { completion } from "./handlers/completion.js";
import { diagnostic } from "./handlers/diagnostic.js";
import { didChange } from "./handlers/did-change.js";
import { didChangeWatchedFiles } from "./handlers/did-change-watched-files.js";
import { documentHighlight } from "./handlers/document-highlight.js";
import { documentLink } from "./handlers/document-link.js";
import { documentSymbol } from "./handlers/document-symbol.js";
import { downloadSnapshot } from "./handlers/download-snapshot.js";
import { drift } from "./handlers/drift.js";
import { editAccount } from "./handlers/edit-account.js";
import { executeCommand } from "./handlers/execute-command.js";
import { foldingRange } from "./handlers/folding-range.js";
import { formatting } from "./handlers/formatting.js";
import { hover } from "./handlers/hover.js";
import { importAccount } from "./handlers/import-account.js";
import { initialize } from "./handlers/initialize.js";
import { initialized } from "./handlers/initialized.js";
import { inlayHint } from "./handlers/inlay-hint.js";
import { kind } from "./handlers/kind.js";
import { liveAccount } from "./handlers/live-account.js";
import { liveDocument } from "./handlers/live-document.js";
import { masterCopy } from "./handlers/master-copy.js";
import { plans } from "./handlers/plans.js";
import { references } from "./handlers/references.js";
import { rename } from "./handlers/rename.js";
import { selectionRange } from "./handlers/selection-range.js";
import { semanticTokens } from "./handlers/semantic-tokens.js";
import { simulateLive } from "./handlers/simulate-live.js";
import { suppress } from "./handlers/suppress.js";
import { templates } from "./handlers/templates.js";
import { validate } from "./handlers/validate.js";
import { type AwsPorts, createLiveAws } from "./live-aws.js";
import type { ClientRequests } from "./protocol.js";
import type { FilePorts, Session } from "./session.js";

const HANDLERS = [
  suppress,
  initialize,
  initialized,
  didChange,
  didChangeWatchedFiles,
  diagnostic,
  codeAction,
  completion,
  hover,
  formatting,
  inlayHint,
  codeLens,
  semanticTokens,
  selectionRange,
  rename,
  references,
  foldingRange,
  documentSymbol,
  documentLink,
  documentHighlight,
  kind,
  accountQuestions,
  awsSession,
  liveAccount,
  liveDocument,
  drift,
  downloadSnapshot,
  importAccount,
  checkAccount,
  awsChecks,
  validate,
  simulateLive,
  plans,
  masterCopy,
  templates,
  editAccount,
  executeCommand,
];

export type ServerPorts = Omit<WorkspacePorts, "crashed"> &
  AwsPorts &
  FilePorts &
  TemplatePorts & { readonly change: ChangePorts; readonly version: string };

/** @param accounts who answers questions about accounts; this thread unless said */
export function startServer(
  connection: Connection,
  ports: ServerPorts,
  accounts: AccountWork = createAccountDesk(ports),
): void {
  const log = (message: string) => {
    try {
      connection.console.error(message);
    } catch {
      // The connection is closed: work that was still under way has nobody left to tell.
    }
  };
  const crashed = (rule: string, error: unknown) => log(`The rule ${rule} failed: ${describe(error)}`);
  const session: Session = {
    connection,
    documents: new TextDocuments(TextDocument),
    workspace: new Workspace({ ...ports, crashed }),
    accounts,
    aws: createLiveAws(ports, (serial) => askMfaCode(connection, serial)),
    files: ports,
    change: ports.change,
    paidCalls: countPaidCalls(ports.change),
    templates: ports,
    awsFindings: createAwsFindings(),
    version: ports.version,
    locale: undefined,
    live: undefined,
    capabilities: {},
    options: {},
    log,
  };
  for (const register of HANDLERS) register(session);
  session.documents.listen(connection);
  connection.listen();
}

type MfaCode = ClientRequests["iamPolicy/askMfaCode"];

function askMfaCode(connection: Connection, serial: string): Promise<MfaCode["result"]> {
  const params: MfaCode["params"] = { serial };
  return connection.sendRequest("iamPolicy/askMfaCode", params);
}
