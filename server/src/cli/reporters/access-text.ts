/** Results of access tests for people in a terminal. */

import { describeFailure } from "../../account/describe-failure.js";
import { type Paint, painter } from "../terminal.js";
import { type AccessReport, summariseAccess } from "./access-json.js";

export function reportAccessText(report: AccessReport, colours: boolean): string {
  const paint = painter(colours);
  const lines: string[] = [];
  for (const { file, results } of report.files) {
    lines.push(paint("bold", file));
    for (const { test, outcome, failures, errors } of results) {
      lines.push(`  ${MARKS[outcome](paint)} ${test.name}`);
      for (const message of errors) lines.push(`      ${file} ${test.pointer}: ${message}`);
      for (const failure of failures) {
        lines.push(`      ${describeFailure(failure)}`, `      ${paint("dim", failure.message)}`);
      }
    }
    lines.push("");
  }
  const { passed, failed, error, decisions } = summariseAccess(report);
  const counts = [`${passed} hold`, `${failed} fail`, ...(error > 0 ? [`${error} cannot be run`] : [])];
  lines.push(`${counts.join(", ")} (${decisions} decisions)`);
  const { coverage } = report;
  if (coverage !== undefined) {
    lines.push("", `${coverage.covered} of ${coverage.all} statements are exercised by a test.`);
    for (const { file, pointer, policy, sid } of coverage.uncovered) {
      lines.push(`  never: ${file} ${pointer} (${policy}${sid === undefined ? "" : ` · ${sid}`})`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const MARKS = {
  passed: (paint: Paint) => paint("cyan", "✔"),
  failed: (paint: Paint) => paint("red", "✖"),
  error: (paint: Paint) => paint("yellow", "!"),
} as const;
