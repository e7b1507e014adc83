/** `iam-policy simulate --live` and `--compare`: the same questions put to AWS's simulator, and its answers beside ours. */
import { askLive, type LiveOutcome } from "../account/live/ask-live.js";
import { type LiveAnswer, type LiveQuestion, policiesNamed } from "../account/live/live-simulator.js";
import type { DecisionWord } from "../evaluate/decide.js";
import { counted } from "../policy/counted.js";
import type { Arguments } from "./arguments.js";
import { type AwsPorts, withAws } from "./aws-flags.js";
import { EXIT, type ExitCode, painter, type Terminal, UsageError } from "./terminal.js";

/** One request as AWS is asked it, and what we say about it. */
export interface Asked {
  /** Who, what and on what, as shown to the user. */
  readonly title: string;
  readonly question: LiveQuestion;
  readonly unseen: readonly string[];
  readonly decision: DecisionWord;
}

/** An answer of AWS beside ours. */
interface Answered {
  readonly title: string;
  readonly action: string;
  readonly resource: string;
  readonly here: DecisionWord;
  readonly aws: LiveAnswer;
  readonly unseen: readonly string[];
}

export function isLive(values: Arguments["values"]): boolean {
  return values["live"] !== undefined || values["compare"] === true;
}

export async function simulateLive(
  asked: readonly Asked[],
  values: Arguments["values"],
  terminal: Terminal,
  ports: AwsPorts,
): Promise<ExitCode> {
  const session = { ...values, ...profileOf(values["live"]) };
  return withAws(session, terminal, ports, async ({ simulator, name }) => {
    const progress = (done: number) =>
      terminal.progress?.(`${done} of ${asked.length} requests simulated by ${name} …`);
    const questions = asked.map(({ question }) => question);
    const outcomes = await askLive(questions, simulator, { progress });
    terminal.progress?.("");
    const answered = asked.map((it, index) => answeredBy(it, outcomes[index]));
    const compare = values["compare"] === true;
    if (values["format"] === "json") terminal.out(`${JSON.stringify(plain(answered, compare), null, 2)}\n`);
    else terminal.out(compare ? comparison(answered, terminal) : listing(answered, terminal));
    return compare && answered.some(differs) ? EXIT.findings : EXIT.ok;
  });
}

/** `aws:dev` names a profile. @throws UsageError */
function profileOf(live: unknown): { readonly profile?: string } {
  if (live === undefined || live === "aws") return {};
  const [, profile] = /^aws:(.+)$/.exec(String(live)) ?? [];
  if (profile === undefined) throw new UsageError(`--live is aws or aws:PROFILE, not ${String(live)}.`);
  return { profile };
}

/** @throws UsageError where AWS did not take the request */
function answeredBy({ title, question, unseen, decision }: Asked, aws: LiveOutcome | undefined): Answered {
  const { actions, resource } = question;
  if (aws === undefined || "refused" in aws) throw new UsageError(`${title}: ${aws?.refused ?? ""}`);
  return { title, action: actions[0] ?? "", resource, here: decision, aws, unseen };
}

function differs({ here, aws }: Answered): boolean {
  return here !== aws.decision;
}

function plain(answered: readonly Answered[], compare: boolean): unknown {
  return answered.map((it) => ({
    request: it.title,
    action: it.action,
    resource: it.resource,
    decision: it.aws.decision,
    matched: policiesNamed(it.aws),
    missingContext: it.aws.missingContext,
    ...(compare ? { here: it.here, differs: differs(it), unseen: it.unseen } : {}),
  }));
}

function listing(answered: readonly Answered[], { colours }: Terminal): string {
  const paint = painter(colours);
  return answered
    .map(({ title, aws, unseen }) => {
      const lines = [
        title,
        `  ${aws.decision} ${paint("dim", "(AWS)")}`,
        ...(aws.matched.length === 0 ? [] : [`  by ${policiesNamed(aws).join(", ")}`]),
        ...(aws.missingContext.length === 0 ? [] : [`  could change with: ${aws.missingContext.join(", ")}`]),
        ...unseenLine(unseen),
      ];
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}

function comparison(answered: readonly Answered[], { colours }: Terminal): string {
  const paint = painter(colours);
  const different = answered.filter(differs);
  const blocks = different.map(({ title, here, aws, unseen }) => {
    const by = aws.matched.length === 0 ? "" : ` by ${policiesNamed(aws).join(", ")}`;
    return `${paint("bold", title)}\n  here  ${here}\n  AWS   ${aws.decision}${by}\n${unseenLine(unseen)
      .map((it) => `${it}\n`)
      .join("")}\n`;
  });
  const requests = counted(answered.length, "request");
  const sum = different.length === 0 ? "no disagreement" : counted(different.length, "disagreement");
  return `${blocks.join("")}${requests}, ${sum}.\n`;
}

function unseenLine(unseen: readonly string[]): readonly string[] {
  return unseen.length === 0 ? [] : [`  AWS's simulator does not look at ${unseen.join(", ")}.`];
}
