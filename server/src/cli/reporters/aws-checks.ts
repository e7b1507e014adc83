/** What AWS answered to checks of access, for people and for programs, with the statements that it is about. */
import { statementName } from "../../account/access-check-report.js";
import type { CheckReason } from "../../lint/online/policy-validator.js";
import { pathAt, toPointer } from "../../syntax/tree.js";
import { differs, statementOf } from "../../workspace/aws-check.js";
import { positionsIn } from "../../workspace/positions.js";
import type { AnsweredCheck } from "../paid-checks.js";
import { painter } from "../terminal.js";

export function reportAwsCheckText({ check, result }: AnsweredCheck, colours: boolean): string {
  const { file, promise, here } = check;
  const paint = painter(colours);
  const [first] = here.found;
  const lines = result.passed
    ? []
    : [result.message, ...result.reasons.map((it) => `${it.description}${placeOf(it, check)}`)];
  const ours = first === undefined ? "no such access was found" : `${first.gain}: ${first.shown}`;
  const difference = differs(check, result)
    ? [`${paint("yellow", "We answer differently:")} ${ours}. --report FILE collects the case.`]
    : [];
  const word = result.passed ? paint("cyan", "pass") : paint("red", "FAIL");
  return [
    `${word} ${file.source.shown}: ${promise}`,
    ...[...lines, ...difference].filter((it) => it !== "").map((it) => `  ${it}`),
    "",
  ].join("\n");
}

function placeOf(reason: CheckReason, { policy, file }: AnsweredCheck["check"]): string {
  const statement = statementOf(policy.statements, reason);
  if (statement === undefined) return "";
  const { line, character } = positionsIn(file.analysis.document.tree.text).position(statement.start);
  return ` (${statementName(statement)}, ${file.source.shown}:${line + 1}:${character + 1})`;
}

/** Beside the findings of a report in JSON. */
export function awsChecksJson(answered: readonly AnsweredCheck[]): object {
  const checks = answered.map(({ check, result }) => {
    const { tree } = check.file.analysis.document;
    const positions = positionsIn(tree.text);
    const at = (offset: number) => ({ ...positions.position(offset), offset });
    return {
      path: check.file.source.shown,
      check: check.question.check,
      result: result.passed ? "PASS" : "FAIL",
      message: result.message,
      reasons: result.reasons.map((reason) => {
        const statement = statementOf(check.policy.statements, reason);
        return {
          description: reason.description,
          ...(reason.statementIndex !== undefined && { statementIndex: reason.statementIndex }),
          ...(reason.statementId !== undefined && { statementId: reason.statementId }),
          ...(statement && {
            start: at(statement.start),
            end: at(statement.end),
            pointer: toPointer(pathAt(tree.root, statement)),
          }),
        };
      }),
      offline: check.here.passed ? "PASS" : "FAIL",
    };
  });
  return checks.length === 0 ? {} : { checks };
}
