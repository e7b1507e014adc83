/** `live/comparison`: where AWS decides otherwise than we do, as a document to read and a report to pass on. */
import type { LiveCause } from "../../account/live/live-verdict.js";
import { CAUSES } from "../../account/live/live-verdict.js";
import { CELL_SYMBOLS, CELL_WORDS } from "../../account/matrix-report.js";
import { decidingReasons } from "../../account/run-access-tests.js";
import type { LocatedReason } from "../../account/verdict.js";
import type { DecisionWord } from "../../evaluate/decide.js";
import { counted } from "../../policy/counted.js";
import type { Desk } from "../account-desk.js";
import type { Refusal } from "../account-questions.js";
import type { LiveAnswered, LiveComparison, LiveSteps, NotAsked } from "../live-questions.js";
import { renderSimulationReport, simulationCase } from "../simulation-report.js";
import { refuse } from "./asked-account.js";
import { askedQuestion } from "./asked-question.js";
import { type ReadAnswer, readAnswer } from "./live-answer.js";
import { linkTo, placesIn } from "./simulate.js";

/** In the order in which they are shown, the ones that matter most first. */
const TITLES: Readonly<Record<LiveCause, string>> = {
  otherwise: "Decided otherwise",
  account: "The account is not as the files say",
  organization: "The organisation does not allow it",
  unseen: "AWS's simulator does not see everything",
};

export async function liveComparison(
  desk: Desk,
  { asked: params, answered, notAsked, version }: LiveSteps["live/comparison"]["params"],
): Promise<LiveComparison | Refusal> {
  const { as: _, actions: __, resources: ___, ...open } = params;
  const different: ReadAnswer[] = [];
  const without: NotAsked[] = [...notAsked];
  let count = 0;
  for (const one of answered) {
    const { as, action, resource } = one;
    const asked = askedQuestion(desk, { ...open, as, action, resource });
    const read = asked.ok ? readAnswer(desk, asked, one) : asked;
    if (!read.ok) without.push({ as, action, resource, why: read.message });
    else {
      count++;
      if (read.said.cause !== undefined) different.push(read);
    }
    if (!(await desk.goOn())) return refuse("Cancelled.");
  }
  const reported = different.filter(({ said }) => said.cause === "otherwise");
  const cases = reported.map(({ asked, said, request }) =>
    simulationCase(asked, said, request.verdict, desk.catalogue),
  );
  return {
    ok: true,
    asked: count,
    disagreements: different.length,
    document: documentOf(desk, whoAnswers(answered), different, without, count),
    report: cases.length === 0 ? "" : renderSimulationReport(cases, version),
  };
}

function documentOf(
  desk: Desk,
  who: string,
  different: readonly ReadAnswer[],
  without: readonly NotAsked[],
  count: number,
): string {
  const sum =
    different.length === 0
      ? "AWS's simulator decides all of them as we do offline."
      : `AWS's simulator decides ${different.length} of them otherwise than we do offline.`;
  const sections = Object.entries(TITLES).flatMap(([cause, title]) => {
    const own = different.filter(({ said }) => said.cause === cause);
    return own.length === 0
      ? []
      : [`## ${title}`, "", CAUSES[cause as LiveCause], "", ...own.flatMap((it) => caseLines(desk, it))];
  });
  return [
    "# Offline and AWS",
    "",
    `${counted(count, "request")} by ${who}. ${sum}`,
    "",
    ...sections,
    ...(without.length === 0
      ? []
      : [
          "## Not compared",
          "",
          ...without.map(
            ({ as, action, resource, why }) => `- ${code(as)} ${code(action)} on ${code(resource)}: ${why}`,
          ),
          "",
        ]),
  ].join("\n");
}

function caseLines(desk: Desk, { asked, said, request: { verdict, unseen } }: ReadAnswer): readonly string[] {
  const { as, question } = asked;
  const placeOf = placesIn(desk.now, asked.asked.lone);
  const line = (whose: string, decision: DecisionWord, reasons: readonly LocatedReason[]) => [
    `- **${whose}** ${CELL_SYMBOLS[decision]} ${CELL_WORDS[decision]}`,
    ...decidingReasons(decision, reasons).map(({ policy, statement, sid, because, file, pointer }) => {
      const place =
        file === undefined || pointer === undefined ? "" : ` · ${linkTo(placeOf(file, pointer), file)}`;
      const name =
        statement === undefined
          ? ""
          : `${code(sid ?? `statement ${statement}`)} of ${code(policy)}${place}: `;
      return `  - ${name}${because}`;
    }),
  ];
  return [
    `### ${code(as)} ${code(question.action)} on ${code(question.resource)}`,
    "",
    ...line("Here", verdict.decision, verdict.reasons),
    ...line("AWS", said.decision, said.reasons),
    ...(unseen.length === 0 ? [] : [`- AWS's simulator does not look at ${unseen.join(", ")}.`]),
    "",
  ];
}

const FEW = 3;

function whoAnswers(answered: readonly LiveAnswered[]): string {
  const names = [...new Set(answered.map(({ as }) => as))];
  return names.length > FEW ? counted(names.length, "principal") : names.map(code).join(", ");
}

function code(text: string): string {
  return `\`${text}\``;
}
