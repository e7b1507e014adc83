/** Findings as LSP diagnostics. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Range,
} from "vscode-languageserver";
import { pageUrl } from "../lint/page.js";
import type { FileText, Finding, Severity } from "../lint/rule.js";
import type { Span } from "../syntax/span.js";
import { uriOf } from "../workspace/file-uri.js";
import { positionsIn } from "../workspace/positions.js";
import { pathOf, type Session, type View } from "./session.js";

export const SOURCE = "IAM Policy";
/** Of what AWS alone reports. */
const AWS_SOURCE = "Access Analyzer";

/** Editors keep no more per file; what is left out is said. */
const MOST = 1000;

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function diagnosticsOf(view: View, session: Session): Diagnostic[] {
  const { capabilities, options, awsFindings } = session;
  const { findings, tooLong } = view.analysis;
  if (tooLong) return [notice("This text is too long to be a policy and is not checked.", view)];
  const leaveSyntax = options.syntaxReportedFor?.includes(view.languageId) ?? false;
  const shown = leaveSyntax ? findings.filter(({ rule }) => rule.group !== "syntax") : findings;
  const related = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
  const diagnostics = shown.slice(0, MOST).map((finding) => toDiagnostic(finding, view, related, session));
  for (const finding of awsFindings.of(view)) {
    const { accessAnalyzer: code = finding.rule.name } = finding.rule;
    diagnostics.push({ ...toDiagnostic(finding, view, related, session), code, source: AWS_SOURCE });
  }
  if (shown.length > MOST) {
    diagnostics.push(notice(`${shown.length - MOST} more findings are not shown.`, view));
  }
  return diagnostics;
}

function notice(message: string, { positions }: View): Diagnostic {
  const range = positions.range({ start: 0, end: 0 });
  return { range, message, severity: DiagnosticSeverity.Information, source: SOURCE };
}

function toDiagnostic(finding: Finding, view: View, related: boolean, session: Session): Diagnostic {
  const { rule, severity, message } = finding;
  const diagnostic: Diagnostic = {
    range: visibleRange(finding, view),
    severity: SEVERITY[severity],
    code: rule.name,
    codeDescription: { href: pageUrl(rule) },
    source: SOURCE,
    message,
  };
  if (rule.tag !== undefined) {
    diagnostic.tags = [rule.tag === "deprecated" ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary];
  }
  if (related && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map((it) => ({
      location: it.in === undefined ? placeIn(view, it.at) : placeElsewhere(it.in, it.at, session),
      message: it.message,
    }));
  }
  return diagnostic;
}

function placeIn({ uri, positions }: Pick<View, "uri" | "positions">, at: Span): Location {
  return { uri, range: positions.range(at) };
}

/** By the name under which the editor has the file, where it is open. */
function placeElsewhere({ path, text }: FileText, at: Span, { documents }: Session): Location {
  const uri = documents.all().find((it) => pathOf(it.uri) === path)?.uri ?? uriOf(path);
  return placeIn({ uri, positions: positionsIn(text) }, at);
}

/** An empty span, such as the place of a missing comma, is shown on the character in front of it. */
export function visibleRange(finding: Finding, { positions }: Pick<View, "positions">): Range {
  const range = positions.range(finding);
  const { start, end } = range;
  if (finding.start < finding.end || start.character === 0) return range;
  return { start: { line: start.line, character: start.character - 1 }, end };
}
