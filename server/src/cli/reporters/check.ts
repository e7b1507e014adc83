/** What a check of access found, for people and for programs. */
import type { CheckFailure } from "../../account/access-check.js";
import { describeGain, describeShown } from "../../account/access-check-report.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { painter } from "../terminal.js";

/** Result and reasons in the words of Access Analyzer's own checks, and the requests beside them. */
export function reportCheckJson(check: string, failures: readonly CheckFailure[]): string {
  const reasons = failures.flatMap(({ statements, who, actions, witness }) =>
    (statements.length === 0 ? [undefined] : statements).map((statement) => ({
      ...(statement === undefined ? {} : { statementIndex: statement.index }),
      ...(statement?.sid === undefined ? {} : { statementId: statement.sid.value }),
      who,
      actions,
      ...(witness === undefined ? {} : { witness }),
    })),
  );
  const result = failures.length === 0 ? "PASS" : "FAIL";
  return `${JSON.stringify({ version: 1, check, result, reasons }, null, 2)}\n`;
}

export function reportCheckText(
  check: string,
  file: string,
  failures: readonly CheckFailure[],
  catalogue: Catalogue,
  colours: boolean,
): string {
  const paint = painter(colours);
  if (failures.length === 0) return `${paint("cyan", "PASS")} ${check} ${file}\n`;
  const lines = failures.flatMap((failure) => [
    `  ${describeGain(failure, catalogue)}`,
    `      ${paint("dim", describeShown(failure))}`,
  ]);
  return [`${paint("red", "FAIL")} ${check} ${file}`, ...lines, ""].join("\n");
}
