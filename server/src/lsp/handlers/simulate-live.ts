/**
 * `iamPolicy/simulateLive`, `iamPolicy/compareLive`, `iamPolicy/matrixLive`: questions put to AWS's policy simulator. What to ask and what the
 * answers mean is worked out where the accounts are, from the same texts both times.
 */
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { askLive, type LiveOutcome } from "../../account/live/ask-live.js";
import type { Refusal } from "../../workspace/account-questions.js";
import type { LiveAnswered, LiveAsked, LiveSteps } from "../../workspace/live-questions.js";
import type { Asking } from "../asking.js";
import type { LiveRequests } from "../live-protocol.js";
import { answerLong } from "../long-answers.js";
import type { Requests } from "../protocol.js";
import { refusal } from "../refusal.js";
import type { Session } from "../session.js";
import { askDesk, settingOf } from "./account-questions.js";

export function simulateLive(session: Session): void {
  const { version } = session;
  on(session, "iamPolicy/simulateLive", "Simulating", async (params, step, ask) => {
    const { as, action, resource, workDoneToken: _, ...open } = params;
    const { asked } = await step("live/questions", {
      ...open,
      ...(as !== undefined && { as: [as] }),
      ...(action !== undefined && { actions: [action] }),
      ...(resource !== undefined && { resources: [resource] }),
    });
    const [answered] = await ask(asked.slice(0, 1), true);
    if (answered === undefined) throw refusal("There is nothing to ask.");
    if ("refused" in answered.answer) throw refusal(answered.answer.refused);
    return await step("live/simulation", {
      asked: { ...open, ...(as && { as }), ...(action && { action }), ...(resource && { resource }) },
      answered,
      version,
    });
  });
  on(session, "iamPolicy/compareLive", "Comparing with AWS", async (params, step, ask) => {
    const { workDoneToken: _, ...open } = params;
    const { asked, notAsked } = await step("live/questions", open);
    return await step("live/comparison", {
      asked: open,
      answered: await ask(asked, true),
      notAsked,
      version,
    });
  });
  on(session, "iamPolicy/matrixLive", "Comparing with AWS", async (params, step, ask) => {
    const { workDoneToken: _, columns, ...open } = params;
    const { resources = [], ...others } = open;
    // No resources are all that the policies tell apart.
    const on = resources.length > 0 ? { ...others, resources } : others;
    const { asked, notAsked } = await step("live/questions", { ...on, actions: columns });
    const answered = await ask(asked, false);
    return (await step("live/matrix", { asked: { ...open, columns }, answered, notAsked })).matrix;
  });
}

/** @throws ResponseError, as everything here */
type TakeStep = <S extends keyof LiveSteps>(
  step: S,
  params: LiveSteps[S]["params"],
) => Promise<Exclude<LiveSteps[S]["result"], Refusal>>;
type AskAws = (asked: readonly LiveAsked[], again: boolean) => Promise<readonly LiveAnswered[]>;

function on<M extends keyof LiveRequests>(
  session: Session,
  method: M,
  title: string,
  answer: (params: Requests[M]["params"], step: TakeStep, ask: AskAws) => Promise<Requests[M]["result"]>,
): void {
  const { documents } = session;
  answerLong(session, method, title, async (params, it, token) => {
    const setting = settingOf(session);
    const step: TakeStep = async (name, given) => {
      const result = await askDesk(session, name, given, setting, undefined, token);
      if (!result.ok) throw refusal(result.message);
      return result as Exclude<typeof result, Refusal>;
    };
    const uri = "uri" in params ? params.uri : undefined;
    const before = uri && documents.get(uri)?.version;
    const result = await answer(params, step, (asked, again) => askAws(session, asked, again, it));
    if (uri && documents.get(uri)?.version !== before)
      throw new ResponseError(
        LSPErrorCodes.ContentModified,
        "The policy has changed meanwhile: ask AWS again.",
      );
    return result;
  });
}

/** @param again Where AWS decides otherwise than we do, is it asked once more, about the policies as they are written here? */
async function askAws(
  { aws }: Session,
  asked: readonly LiveAsked[],
  again: boolean,
  { signal, report }: Asking,
): Promise<readonly LiveAnswered[]> {
  const { simulator } = await aws.connection();
  const answers = await askLive(
    asked.map(({ question }) => question),
    simulator,
    {
      signal,
      progress: (done) =>
        report(`${done} of ${asked.length} requests`, Math.round((100 * done) / asked.length)),
    },
  );
  const doubtful = asked.flatMap(({ here, asWritten }, index) =>
    again && asWritten !== undefined && differs(answers[index], here) ? [{ index, asWritten }] : [],
  );
  const others = await askLive(
    doubtful.map(({ asWritten }) => asWritten),
    simulator,
    { signal },
  );
  const written = new Map(doubtful.map(({ index }, position) => [index, others[position]]));
  return asked.flatMap(({ as, action, resource }, index) => {
    const [answer, asWritten] = [answers[index], written.get(index)];
    return answer === undefined ? [] : [{ as, action, resource, answer, ...(asWritten && { asWritten }) }];
  });
}

function differs(answer: LiveOutcome | undefined, here: LiveAsked["here"]): boolean {
  return answer !== undefined && "decision" in answer && answer.decision !== here;
}
