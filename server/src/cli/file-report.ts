/** What is known about one file, with lines and columns, as reporters get it. */
import type { SharedFinding } from "../lint/online/merge-findings.js";
import type { Finding } from "../lint/rule.js";
import { pathAt, toPointer } from "../syntax/tree.js";
import type { Analysis } from "../workspace/analysis.js";
import { positionsIn } from "../workspace/positions.js";
import type { FileReport, LocatedFinding } from "./report.js";

export function fileReport(shown: string, analysis: Analysis): FileReport {
  return reportOf(shown, analysis, (locate) => analysis.findings.map((finding) => locate(finding)));
}

/** With what AWS says beside what we say. */
export function sharedReport(
  shown: string,
  analysis: Analysis,
  findings: readonly SharedFinding[],
): FileReport {
  return reportOf(shown, analysis, (locate) =>
    findings.map(({ finding, said }) => ({ ...locate(finding), said })),
  );
}

function reportOf(
  shown: string,
  { document, policies }: Analysis,
  findings: (locate: (finding: Finding) => LocatedFinding) => readonly LocatedFinding[],
): FileReport {
  const { text, root } = document.tree;
  const positions = positionsIn(text);
  const at = (offset: number) => ({ ...positions.position(offset), offset });
  return {
    path: shown,
    text,
    kind: policies[0]?.kind ?? "unknown",
    findings: findings((finding) => ({
      finding,
      from: at(finding.start),
      to: at(finding.end),
      pointer: toPointer(pathAt(root, finding)),
    })),
  };
}
