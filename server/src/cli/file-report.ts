/** What is known about one file, with lines and columns, as reporters get it. */
import type { SharedFinding } from "../lint/online/merge-findings.js";
import type { Finding } from "../lint/rule.js";
import type { Span } from "../syntax/span.js";
import { pathAt, toPointer } from "../syntax/tree.js";
import type { Analysis } from "../workspace/analysis.js";
import { positionsIn } from "../workspace/positions.js";
import { shownPath } from "./discover.js";
import type { FileReport, LocatedFinding } from "./report.js";

export function fileReport(shown: string, cwd: string, analysis: Analysis): FileReport {
  return reportOf(shown, cwd, analysis, (locate) => analysis.findings.map((finding) => locate(finding)));
}

/** With what AWS says beside what we say. */
export function sharedReport(
  shown: string,
  cwd: string,
  analysis: Analysis,
  findings: readonly SharedFinding[],
): FileReport {
  return reportOf(shown, cwd, analysis, (locate) =>
    findings.map(({ finding, said }) => ({ ...locate(finding), said })),
  );
}

function reportOf(
  shown: string,
  cwd: string,
  { document, policies }: Analysis,
  findings: (locate: (finding: Finding) => LocatedFinding) => readonly LocatedFinding[],
): FileReport {
  const { text, root } = document.tree;
  const places = placesIn(text);
  return {
    path: shown,
    text,
    kind: policies[0]?.kind ?? "unknown",
    findings: findings((finding) => ({
      finding,
      ...places(finding),
      pointer: toPointer(pathAt(root, finding)),
      related: finding.related.map(({ at, message, in: other }) => ({
        path: other === undefined ? shown : shownPath(other.path, cwd),
        ...(other === undefined ? places : placesIn(other.text))(at),
        message,
      })),
    })),
  };
}

function placesIn(text: string): (span: Span) => Pick<LocatedFinding, "from" | "to"> {
  const positions = positionsIn(text);
  const at = (offset: number) => ({ ...positions.position(offset), offset });
  return ({ start, end }) => ({ from: at(start), to: at(end) });
}
