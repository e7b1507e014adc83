/** The machine-readable form; other tools rely on its shape. */
import { type LintReport, summarise } from "../report.js";

/** @param more what else the command found out, such as the answers to checks */
export function reportJson(report: LintReport, more: object = {}): string {
  const files = report.files.map(({ path, kind, findings }) => ({
    path,
    kind,
    findings: findings.map(({ finding, from, to, pointer, related, said }) => ({
      rule: finding.rule.name,
      accessAnalyzer: finding.rule.accessAnalyzer ?? null,
      severity: finding.severity,
      message: finding.message,
      start: from,
      end: to,
      pointer,
      fixes: finding.fixes.map(({ title, safe }) => ({ title, safe })),
      ...(related.length > 0 && {
        related: related.map((it) => ({ path: it.path, message: it.message, start: it.from, end: it.to })),
      }),
      ...(said && { said }),
    })),
  }));
  return `${JSON.stringify({ version: 1, files, summary: summarise(report), ...more }, null, 2)}\n`;
}
