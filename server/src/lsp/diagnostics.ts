/** Findings as LSP diagnostics. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from "vscode-languageserver";
import { pageUrl } from "../lint/page.js";
import type { Finding, Severity } from "../lint/rule.js";
import type { Session, View } from "./session.js";

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

export function diagnosticsOf(view: View, { capabilities, options, awsFindings }: Session): Diagnostic[] {
  const { findings, tooLong } = view.analysis;
  if (tooLong) return [notice("This text is too long to be a policy and is not checked.", view)];
  const leaveSyntax = options.syntaxReportedFor?.includes(view.languageId) ?? false;
  const shown = leaveSyntax ? findings.filter(({ rule }) => rule.group !== "syntax") : findings;
  const related = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
  const diagnostics = shown.slice(0, MOST).map((finding) => toDiagnostic(finding, view, related));
  for (const finding of awsFindings.of(view)) {
    const { accessAnalyzer: code = finding.rule.name } = finding.rule;
    diagnostics.push({ ...toDiagnostic(finding, view, related), code, source: AWS_SOURCE });
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

function toDiagnostic(finding: Finding, view: View, related: boolean): Diagnostic {
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
      location: { uri: view.uri, range: view.positions.range(it.at) },
      message: it.message,
    }));
  }
  return diagnostic;
}

/** An empty span, such as the place of a missing comma, is shown on the character in front of it. */
export function visibleRange(finding: Finding, { positions }: Pick<View, "positions">): Range {
  const range = positions.range(finding);
  const { start, end } = range;
  if (finding.start < finding.end || start.character === 0) return range;
  return { start: { line: start.line, character: start.character - 1 }, end };
}
