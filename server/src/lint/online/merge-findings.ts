/** Our findings and Access Analyzer's about the same policy, put together: one mistake is one finding, said by both. */
import { overlaps, type Span } from "../../syntax/span.js";
import type { Finding } from "../rule.js";

/** Who says so. */
export type Said = "both" | "here" | "aws";

export interface SharedFinding {
  readonly finding: Finding;
  readonly said: Said;
}

/** In text order. Of a finding that both have, ours is kept: it has fixes, and the words of its page. */
export function mergeFindings(
  ours: readonly Finding[],
  theirs: readonly Finding[],
): readonly SharedFinding[] {
  const left = new Set(theirs);
  const both = new Set<Finding>();
  // The main place tells more than the others, which findings may share.
  for (const touches of [overlaps, shareAPlace]) {
    for (const finding of ours) {
      if (both.has(finding)) continue;
      const same = [...left].find((it) => isSameCheck(finding, it) && touches(finding, it));
      if (same === undefined) continue;
      left.delete(same);
      both.add(finding);
    }
  }
  const merged: SharedFinding[] = [
    ...ours.map((finding): SharedFinding => ({ finding, said: both.has(finding) ? "both" : "here" })),
    ...[...left].map((finding): SharedFinding => ({ finding, said: "aws" })),
  ];
  return merged.sort((a, b) => a.finding.start - b.finding.start || a.finding.end - b.finding.end);
}

/** Where the two differ: a check that AWS has, and only one of the two reports. */
export function disagreements(findings: readonly SharedFinding[]): readonly SharedFinding[] {
  return findings.filter(({ finding, said }) => said !== "both" && finding.rule.accessAnalyzer !== undefined);
}

function isSameCheck(a: Finding, b: Finding): boolean {
  return a.rule.accessAnalyzer !== undefined && a.rule.accessAnalyzer === b.rule.accessAnalyzer;
}

function shareAPlace(a: Finding, b: Finding): boolean {
  return placesOf(a).some((here) => placesOf(b).some((there) => overlaps(here, there)));
}

function placesOf(finding: Finding): readonly Span[] {
  return [finding, ...finding.related.map(({ at }) => at)];
}
