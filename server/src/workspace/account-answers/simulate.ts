/** `iamPolicy/simulate`: one question, decided, with the places of the statements that decide it and an explanation. */
import { type Explained, explanationOf, headline } from "../../account/explanation.js";
import type { LonePolicy } from "../../account/lone-policy.js";
import { describeProblem } from "../../account/problem.js";
import { decidingReasons } from "../../account/run-access-tests.js";
import { type LocatedReason, verdictOf } from "../../account/verdict.js";
import { pointedAt } from "../../syntax/tree.js";
import type { Desk } from "../account-desk.js";
import type { Place, Refusal, SimulateParams, Simulation, SimulationReason } from "../account-questions.js";
import type { FileState } from "../file-state.js";
import { refuse } from "./asked-account.js";
import { type AskedQuestion, around, askedQuestion, contextOfQuestion } from "./asked-question.js";

export function simulate(desk: Desk, params: SimulateParams): Simulation | Refusal {
  const { catalogue } = desk;
  const asked = askedQuestion(desk, params);
  if (!asked.ok) return asked;
  const { account, question, others, as } = asked;
  const verdict = verdictOf(account, question, catalogue);
  if (!verdict.decided) return refuse(verdict.message);
  const elsewhere = others.map((other) => {
    const found = verdictOf(around(asked.asked, as, other), { ...question, resource: other }, catalogue);
    return { resource: other, cell: found.decided ? found.decision : ("undecided" as const) };
  });
  return simulationOf(desk, params, asked, { ...verdict, elsewhere });
}

/** An answer with the places of the statements that decide, whoever gave it. */
export function simulationOf(
  { now }: Desk,
  params: SimulateParams,
  { account, question, as, asked }: AskedQuestion,
  said: Omit<Explained, "as" | "action" | "resource" | "context">,
): Simulation {
  const { action, resource } = question;
  const { decision, reasons, missingContext } = said;
  const isAnyone = asked.lone !== undefined && as.startsWith("policy/");
  const explained: Explained = {
    ...said,
    as: isAnyone ? "anyone with this policy" : as,
    action,
    resource,
    context: contextOfQuestion(account, question),
  };
  const deciding = new Set(decidingReasons(decision, reasons));
  const placeOf = placesIn(now, asked.lone);
  return {
    ok: true,
    question: { ...params, as, action, resource },
    decision,
    headline: headline(explained),
    explanation: explanationOf(explained, (file, pointer) => linkTo(placeOf(file, pointer), file)),
    reasons: reasons.map((reason) => toWire(placeOf, reason, deciding.has(reason))),
    missingContext,
    problems: asked.problems.map(describeProblem),
  };
}

function toWire(placeOf: PlaceOf, reason: LocatedReason, deciding: boolean): SimulationReason {
  const { source, policy, sid, effect, matched, because, file, pointer, element } = reason;
  const place = file === undefined || pointer === undefined ? undefined : placeOf(file, pointer);
  const at = file === undefined || element === undefined ? undefined : placeOf(file, element);
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

/** Where a pointer leads in a file that the user knows by this name. */
export type PlaceOf = (file: string, pointer: string) => Place | undefined;

/** A lone policy may stand in another text, into which no pointer leads: its own nodes know their places. */
export function placesIn(now: FileState, lone: LonePolicy | undefined): PlaceOf {
  return (file, pointer) => {
    if (lone === undefined || lone.file !== file || !pointer.startsWith(lone.pointer))
      return now.place(file, pointer);
    return now.placeOfSpan(file, pointedAt(lone.document.node, pointer.slice(lone.pointer.length)));
  };
}

/** The file with the line, as a link that an editor follows. */
export function linkTo(place: Place | undefined, file: string): string {
  if (place === undefined) return file === "" ? "" : `\`${file}\``;
  const line = place.range.start.line + 1;
  return `[${file}:${line}](${place.uri}#L${line})`;
}
