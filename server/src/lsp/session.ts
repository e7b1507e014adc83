/** What the handlers share: the open documents, the workspace, and what the client can do. It handles nothing itself. */
import type { ClientCapabilities, Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Language, languageOf } from "../syntax/document.js";
import type { AccountWork } from "../workspace/account-questions.js";
import type { Analysis } from "../workspace/analysis.js";
import type { ChangePorts } from "../workspace/change-ports.js";
import { pathOf } from "../workspace/file-uri.js";
import type { LiveAccount } from "../workspace/live-drift.js";
import type { PaidCalls } from "../workspace/paid-calls.js";
import { type Positions, positionsIn } from "../workspace/positions.js";
import type { TemplatePorts } from "../workspace/template-library.js";
import type { OpenDocument, Workspace, WorkspacePorts } from "../workspace/workspace.js";
import type { WritePorts } from "../workspace/write-files.js";
import type { AwsFindings } from "./aws-findings.js";
import type { LiveAws } from "./live-aws.js";
import type { InitializationOptions } from "./protocol.js";

/** Files that a command of the user's reads and writes. */
export type FilePorts = Pick<WorkspacePorts, "readFile" | "parentFolder" | "join" | "relative"> & WritePorts;

export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly workspace: Workspace;
  readonly accounts: AccountWork;
  readonly aws: LiveAws;
  readonly awsFindings: AwsFindings;
  readonly files: FilePorts;
  readonly change: ChangePorts;
  readonly paidCalls: PaidCalls;
  readonly templates: TemplatePorts;
  /** Filled by `initialize`, which comes first. */
  capabilities: ClientCapabilities;
  options: InitializationOptions;
  /** A language tag; filled by `initialize` too. */
  locale: string | undefined;
  /** Of the tool. */
  readonly version: string;
  /** The account as it was when the user last had it read. */
  live: LiveAccount | undefined;
  readonly log: (message: string) => void;
}

export { pathOf };

/** The text of a file as it stands: in the editor where it is open, or else on the disk. */
export function textAt({ documents, files }: Session, path: string): string | undefined {
  const open = documents.all().find(({ uri }) => pathOf(uri) === path);
  return open === undefined ? files.readFile(path) : open.getText();
}

/** The language that VS Code gives to policies; see the extension's language mode. */
const POLICY_LANGUAGE = "iam-policy";

/** An open document as it is written, with positions, brought up to date on first use after a change. */
export interface Writing {
  readonly uri: string;
  readonly document: OpenDocument;
  readonly positions: Positions;
}

/** The same with its analysis, which is made on first use after a change. */
export interface View {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  readonly analysis: Analysis;
  readonly positions: Positions;
}

const writings = new WeakMap<TextDocument, Writing>();
const views = new WeakMap<TextDocument, View>();

/** For what is asked on every keystroke and has to be answered before anything is checked. */
export function writingOf(session: Session, uri: string): Writing | undefined {
  const document = session.documents.get(uri);
  if (document === undefined) return undefined;
  const { version, languageId } = document;
  const fresh = session.workspace.document(uri);
  if (fresh === undefined || fresh.version !== version) {
    session.workspace.update({
      id: uri,
      path: pathOf(uri),
      language: languageFor(languageId, uri),
      version,
      text: document.getText(),
      named: languageId === POLICY_LANGUAGE,
    });
  }
  const open = session.workspace.document(uri);
  if (open === undefined) return undefined;
  const known = writings.get(document);
  if (known?.document === open) return known;
  const writing = { uri, document: open, positions: positionsIn(open.text) };
  writings.set(document, writing);
  return writing;
}

export function viewOf(session: Session, uri: string): View | undefined {
  const document = session.documents.get(uri);
  const writing = writingOf(session, uri);
  const analysis = session.workspace.analysis(uri);
  if (document === undefined || writing === undefined || analysis === undefined) return undefined;
  const { version, languageId } = document;
  const known = views.get(document);
  if (known !== undefined && known.analysis === analysis && known.version === version) return known;
  const view = { uri, version, languageId, analysis, positions: writing.positions };
  views.set(document, view);
  return view;
}

/** The same for documents that hold a policy, or that somebody says hold one: nothing is offered for other JSON. */
export function policyViewOf(session: Session, uri: string): View | undefined {
  const view = viewOf(session, uri);
  const offered =
    view !== undefined && (view.analysis.policies.length > 0 || view.languageId === POLICY_LANGUAGE);
  return offered ? view : undefined;
}

function languageFor(languageId: string, uri: string): Language {
  if (languageId === "jsonc" || languageId === "markdown") return languageId;
  return languageOf(decodeURIComponent(uri));
}
