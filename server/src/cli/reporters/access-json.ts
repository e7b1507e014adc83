/** Results of access tests as data, for other programs. */
import type { AccessTestResult, Outcome } from "../../account/run-access-tests.js";
import type { StatementCoverage } from "../../account/statement-coverage.js";

export interface AccessReport {
  readonly files: readonly AccessFileReport[];
  readonly coverage: StatementCoverage | undefined;
}

export interface AccessFileReport {
  readonly file: string;
  readonly results: readonly AccessTestResult[];
}

export interface AccessSummary extends Readonly<Record<Outcome, number>> {
  readonly tests: number;
  readonly decisions: number;
}

export function summariseAccess({ files }: AccessReport): AccessSummary {
  const counts = { passed: 0, failed: 0, error: 0, tests: 0, decisions: 0 };
  for (const { results } of files) {
    for (const { outcome, decisions } of results) {
      counts[outcome]++;
      counts.tests++;
      counts.decisions += decisions;
    }
  }
  return counts;
}

export function reportAccessJson(report: AccessReport): string {
  const plain = {
    version: 1,
    files: report.files.map(({ file, results }) => ({
      path: file,
      tests: results.map(({ test, outcome, decisions, failures, errors }) => ({
        name: test.name,
        pointer: test.pointer,
        outcome,
        decisions,
        failures,
        errors,
      })),
    })),
    summary: summariseAccess(report),
    ...(report.coverage === undefined ? {} : { coverage: report.coverage }),
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}
