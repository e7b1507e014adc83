/** AWS's answer to a request, beside ours: what a simulation and a comparison with AWS have in common. */
import type { LiveOutcome } from "../../account/live/ask-live.js";
import { type LiveRequest, liveRequest } from "../../account/live/live-request.js";
import { type LiveVerdict, liveVerdict } from "../../account/live/live-verdict.js";
import type { Desk } from "../account-desk.js";
import type { Refusal } from "../account-questions.js";
import type { LiveAnswered } from "../live-questions.js";
import { refuse } from "./asked-account.js";
import type { AskedQuestion } from "./asked-question.js";

export interface ReadAnswer {
  readonly ok: true;
  readonly asked: AskedQuestion;
  readonly request: LiveRequest & { readonly ok: true };
  readonly said: LiveVerdict;
}

export function readAnswer(
  { catalogue, now }: Desk,
  asked: AskedQuestion,
  { answer, asWritten }: LiveAnswered,
): ReadAnswer | Refusal {
  if ("refused" in answer) return refuse(answer.refused);
  const { account, question } = asked;
  const request = liveRequest(account, question, catalogue, asked.asked.lone === undefined);
  if (!request.ok) return refuse(request.why);
  const answers = { answer, asWritten: decided(asWritten) };
  const said = liveVerdict(account, question, request, answers, ({ file, pointer }) => {
    const text = pointer === "" ? now.textOf(file) : undefined;
    return text === undefined ? [] : [text];
  });
  return { ok: true, asked, request, said };
}

function decided(outcome: LiveOutcome | undefined) {
  return outcome === undefined || "refused" in outcome ? undefined : outcome;
}
