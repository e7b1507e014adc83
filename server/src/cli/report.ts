/** What a lint run found, as every reporter gets it: plain data with lines and columns. */
import type { Said } from "../lint/online/merge-findings.js";
import type { Finding, Severity } from "../lint/rule.js";
import { SEVERITIES } from "../lint/rule.js";
import type { PolicyKind } from "../policy/words.js";

export interface LintReport {
  readonly files: readonly FileReport[];
}

export interface FileReport {
  readonly path: string;
  readonly text: string;
  readonly kind: PolicyKind;
  readonly findings: readonly LocatedFinding[];
}

/** 0-based, in UTF-16 units. */
export interface Location {
  readonly line: number;
  readonly character: number;
  readonly offset: number;
}

export interface LocatedFinding {
  readonly finding: Finding;
  readonly from: Location;
  readonly to: Location;
  readonly pointer: string;
  readonly related: readonly LocatedRelated[];
  /** Who says so, where AWS was asked too. */
  readonly said?: Said;
}

export interface LocatedRelated {
  /** As shown to the user, of this file or of another one. */
  readonly path: string;
  readonly from: Location;
  readonly to: Location;
  readonly message: string;
}

export type Summary = Readonly<Record<Severity, number>> & { readonly files: number };

export function summarise({ files }: LintReport): Summary {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { findings } of files) for (const { finding } of findings) counts[finding.severity]++;
  return { files: files.length, ...counts };
}

/** Is one severity at least as grave as another? */
export function atLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
