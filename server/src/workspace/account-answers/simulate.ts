/** `iamPolicy/simulate`: one question, decided, with the places of the statements that decide it and an explanation. */
import { explanationOf, headline } from "../../account/explanation.js";
import { describeProblem } from "../../account/problem.js";
import { decidingReasons } from "../../account/run-access-tests.js";
import { type LocatedReason, verdictOf } from "../../account/verdict.js";
import type { Desk } from "../account-desk.js";
import type { Refusal, SimulateParams, Simulation, SimulationReason } from "../account-questions.js";
import type { FileState } from "../file-state.js";
import { refuse } from "./asked-account.js";
import { around, askedQuestion, contextOfQuestion } from "./asked-question.js";

export function simulate(desk: Desk, params: SimulateParams): Simulation | Refusal {
  const { now, catalogue } = desk;
  const asked = askedQuestion(desk, params);
  if (!asked.ok) return asked;
  const { account, question, others, as } = asked;
  const { action, resource } = question;
  const verdict = verdictOf(account, question, catalogue);
  if (!verdict.decided) return refuse(verdict.message);
  const { decision, reasons, missingContext } = verdict;
  const isAnyone = asked.asked.lone !== undefined && as.startsWith("policy/");
  const elsewhere = others.map((other) => {
    const found = verdictOf(around(asked.asked, as, other), { ...question, resource: other }, catalogue);
    return { resource: other, cell: found.decided ? found.decision : ("undecided" as const) };
  });
  const context = contextOfQuestion(account, question);
  const explained = {
    as: isAnyone ? "anyone with this policy" : as,
    action,
    resource,
    context,
    decision,
    reasons,
    missingContext,
    elsewhere,
  };
  const deciding = new Set(decidingReasons(decision, reasons));
  return {
    ok: true,
    question: { ...params, as, action, resource },
    decision,
    headline: headline(explained),
    explanation: explanationOf(explained, (file, pointer) => linkTo(now, file, pointer)),
    reasons: reasons.map((reason) => toWire(now, reason, deciding.has(reason))),
    missingContext,
    problems: asked.asked.problems.map(describeProblem),
  };
}

function toWire(now: FileState, reason: LocatedReason, deciding: boolean): SimulationReason {
  const { source, policy, sid, effect, matched, because, file, pointer, element } = reason;
  const place = file === undefined || pointer === undefined ? undefined : now.place(file, pointer);
  const at = file === undefined || element === undefined ? undefined : now.place(file, element);
  return {
    source,
    policy,
    matched,
    deciding,
    because,
    ...(sid !== undefined && { sid }),
    ...(effect && { effect }),
    ...(place && { place }),
    ...(at && { element: at }),
  };
}

/** The file with the line, as a link that an editor follows. */
function linkTo(now: FileState, file: string, pointer: string): string {
  const place = now.place(file, pointer);
  if (place === undefined) return file === "" ? "" : `\`${file}\``;
  const line = place.range.start.line + 1;
  return `[${file}:${line}](${place.uri}#L${line})`;
}
