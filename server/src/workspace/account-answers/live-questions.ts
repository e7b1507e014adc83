/** `live/questions`: the requests to put to AWS's simulator, each with our own answer. Nobody is asked here. */
import { actionChoices } from "../../account/choices.js";
import { liveRequest } from "../../account/live/live-request.js";
import { expandActions } from "../../account/question.js";
import type { Desk } from "../account-desk.js";
import type { Refusal } from "../account-questions.js";
import type { CompareLiveParams, LiveAsked, LiveQuestions, NotAsked } from "../live-questions.js";
import { refuse } from "./asked-account.js";
import { type AskedQuestion, around, askedQuestion, policiesOf } from "./asked-question.js";

export async function liveQuestions(desk: Desk, params: CompareLiveParams): Promise<LiveQuestions | Refusal> {
  const { catalogue } = desk;
  const { as, actions, resources, ...open } = params;
  const asked: LiveAsked[] = [];
  const notAsked: NotAsked[] = [];
  for (const who of as ?? [undefined]) {
    const one = { ...open, ...(who !== undefined && { as: who }) };
    const first = askedQuestion(desk, { ...one, ...(actions?.length === 1 && { action: actions[0] }) });
    if (!first.ok) return first;
    const unasked = notForAws(first);
    if (unasked !== undefined) return refuse(unasked);
    const wanted = actionsOf(first, actions, desk);
    if (typeof wanted === "string") return refuse(wanted);
    for (const action of wanted) {
      for (const resource of resources ?? [undefined]) {
        const found = askedQuestion(desk, { ...one, action, ...(resource !== undefined && { resource }) });
        if (!found.ok) return found;
        for (const on of [found.question.resource, ...found.others]) {
          const account = around(found.asked, found.as, on);
          const isReal = found.asked.lone === undefined;
          const request = liveRequest(account, { ...found.question, resource: on }, catalogue, isReal);
          const about = { as: found.as, action: found.question.action, resource: on };
          if (!request.ok) notAsked.push({ ...about, why: request.why });
          else {
            const { question, asWritten, verdict } = request;
            asked.push({ ...about, here: verdict.decision, question, ...(asWritten && { asWritten }) });
          }
        }
        if (!(await desk.goOn())) return refuse("Cancelled.");
      }
    }
  }
  const [hindrance] = notAsked;
  if (asked.length === 0) return refuse(hindrance?.why ?? "There is nothing to ask.");
  return { ok: true, asked, notAsked };
}

/** Kinds of which AWS's simulator sees nothing. */
function notForAws({ asked: { lone } }: AskedQuestion): string | undefined {
  const what = { scp: "service control policies", rcp: "resource control policies", trust: "trust policies" };
  const kind = lone?.kind;
  return kind === "scp" || kind === "rcp" || kind === "trust"
    ? `AWS's simulator does not look at ${what[kind]}. Offline it can be asked.`
    : undefined;
}

/** @returns why there are none, if so */
function actionsOf(
  { account, question: { principal } }: AskedQuestion,
  given: readonly string[] | undefined,
  { catalogue }: Desk,
): readonly string[] | string {
  if (given === undefined)
    return actionChoices(policiesOf(account, principal), catalogue).map(({ action }) => action);
  const found = new Set<string>();
  for (const pattern of given) {
    const expanded = expandActions(pattern, catalogue);
    if (!expanded.ok) return expanded.message;
    for (const action of expanded.actions) found.add(action);
  }
  return [...found];
}
