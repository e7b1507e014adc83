/** What a check of access found, for people and for programs. */
import type { CheckFailure } from "../../account/access-check.js";
import { actionNames } from "../../account/diff-report.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { Statement } from "../../policy/policy.js";
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
  const lines = failures.flatMap(({ who, actions, witness, statements }) => [
    `  ${who} gets ${actionNames(actions, catalogue)}${by(statements)}`,
    `      ${paint("dim", witness === undefined ? "no request could be made up that shows it" : describe(witness))}`,
  ]);
  return [`${paint("red", "FAIL")} ${check} ${file}`, ...lines, ""].join("\n");
}

function by(statements: readonly Statement[]): string {
  const names = statements.map(({ index, sid }) =>
    sid === undefined ? `statement ${index}` : `\`${sid.value}\``,
  );
  return names.length === 0 ? "" : ` by ${names.join(" and ")}`;
}

function describe({ action, resource, context }: NonNullable<CheckFailure["witness"]>): string {
  const given = Object.entries(context).map(([key, value]) => `${key}=${String(value)}`);
  return `${action} on ${resource}${given.length === 0 ? "" : ` with ${given.join(" ")}`}: allowed`;
}
