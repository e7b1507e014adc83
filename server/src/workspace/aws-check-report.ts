/** What AWS answered to a check of access, beside our own answer: as a Markdown document, and by statement. */
import { inMarkdown, type NamedStatement, statementName } from "../account/access-check-report.js";
import type { CheckResult } from "../lint/online/policy-validator.js";
import type { GivingStatement, Place } from "./account-questions.js";
import { type AwsCheck, differs, OPERATIONS, statementOf } from "./aws-check.js";

/** A statement of the policy that was sent, where it stood then. */
export interface PlacedStatement extends NamedStatement {
  readonly place: Place;
}

export interface AnsweredByAws {
  readonly check: AwsCheck;
  readonly result: CheckResult;
  /** Of the policy, in their order. */
  readonly statements: readonly PlacedStatement[];
  /** Of the document, as shown to the user. */
  readonly name: string;
}

export function awsCheckMarkdown({ check, result, statements, name }: AnsweredByAws): string {
  const { question, promise, here } = check;
  const reasons = result.reasons.map((reason) => {
    const statement = statementOf(statements, reason);
    const where =
      statement === undefined
        ? ""
        : ` ${statementName(statement)} (\`${name}:${statement.place.range.start.line + 1}\`)`;
    return `- ${inMarkdown(reason.description)}${where}`;
  });
  const ours = here.found
    .slice(0, SHOWN)
    .flatMap(({ gain, shown }) => [`- ${inMarkdown(gain)}  `, `  \`${shown}\``]);
  return [
    `# ${result.passed ? "✔ Pass" : "✖ Fail"}: ${inMarkdown(name)}`,
    "",
    `Checked by AWS (\`${OPERATIONS[question.check]}\`): ${inMarkdown(promise)}.`,
    "",
    ...(result.message === "" ? [] : [inMarkdown(result.message), ""]),
    ...reasons,
    "",
    differs(check, result) ? "## Here it is answered differently" : "## Here it is answered alike",
    "",
    ...(ours.length === 0 ? ["No such access was found."] : ours),
    "",
    "---",
    "",
  ].join("\n");
}

/** Of what was found here, which is not what was asked for. */
const SHOWN = 12;

/** The statements that AWS names, each once, with what it says about them. */
export function statementsByAws(
  { reasons }: CheckResult,
  statements: readonly PlacedStatement[],
): readonly GivingStatement[] {
  const by = new Map<PlacedStatement, string[]>();
  for (const reason of reasons) {
    const statement = statementOf(statements, reason);
    if (statement !== undefined) by.set(statement, [...(by.get(statement) ?? []), reason.description]);
  }
  return [...by].map(([{ index, sid, place }, said]) => ({
    index,
    because: `AWS: ${said.join(" ")}`,
    place,
    ...(sid && { sid: sid.value }),
  }));
}
