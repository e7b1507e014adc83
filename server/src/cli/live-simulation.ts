/** `iam-policy simulate --live` and `--compare`: the same questions put to AWS's simulator, and its answers beside ours. */
import type { Account } from "../account/account.js";
import { type Asking, liveQuestion } from "../account/live/live-question.js";
import type { LiveAnswer, LiveQuestion, LiveSimulator } from "../account/live/live-simulator.js";
import type { AccountPrincipal } from "../account/principal.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { DecisionWord } from "../evaluate/decide.js";
import type { EvaluationRequest } from "../evaluate/request.js";
import type { Arguments } from "./arguments.js";
import { type AwsPorts, withAws } from "./aws-flags.js";
import { EXIT, type ExitCode, painter, type Terminal, UsageError } from "./terminal.js";

/** One request, and what we say about it. */
export interface Asked {
  /** Who, what and on what, as shown to the user. */
  readonly title: string;
  readonly request: EvaluationRequest;
  /** Of the user, group or role; none where the policies themselves are asked about. */
  readonly arn: string | undefined;
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
  ports: AwsPorts & { readonly catalogue: () => Catalogue },
): Promise<ExitCode> {
  const asking = asked.map((it) => ({ ...it, asking: askable(it, ports.catalogue()) }));
  const session = { ...values, ...profileOf(values["live"]) };
  return withAws(session, terminal, ports, async ({ simulator, name }) => {
    const answered = await answers(asking, simulator, (done) =>
      terminal.progress?.(`${done} of ${asked.length} requests simulated by ${name} …`),
    );
    terminal.progress?.("");
    const compare = values["compare"] === true;
    if (values["format"] === "json") terminal.out(`${JSON.stringify(plain(answered, compare), null, 2)}\n`);
    else terminal.out(compare ? comparison(answered, terminal) : listing(answered, terminal));
    return compare && answered.some(differs) ? EXIT.findings : EXIT.ok;
  });
}

/** The ARN by which AWS knows somebody of the account. */
export function arnOf(account: Account, { name, caller }: AccountPrincipal): string | undefined {
  if (name.startsWith("group/")) return account.groups.get(name.slice("group/".length))?.arn;
  if (name.startsWith("policy/")) return undefined;
  return caller.principalArn;
}

/** @throws UsageError where AWS cannot be asked */
function askable({ title, request, arn }: Asked, catalogue: Catalogue): Asking & { readonly ok: true } {
  const asking = liveQuestion(request, arn, catalogue);
  if (!asking.ok) throw new UsageError(`${title}: ${asking.why}`);
  return asking;
}

/** `aws:dev` names a profile. @throws UsageError */
function profileOf(live: unknown): { readonly profile?: string } {
  if (live === undefined || live === "aws") return {};
  const [, profile] = /^aws:(.+)$/.exec(String(live)) ?? [];
  if (profile === undefined) throw new UsageError(`--live is aws or aws:PROFILE, not ${String(live)}.`);
  return { profile };
}

/** Requests that differ in nothing but the action are one question. */
async function answers(
  asked: readonly (Asked & { readonly asking: Asking & { readonly ok: true } })[],
  simulator: LiveSimulator,
  progress: (done: number) => void,
): Promise<readonly Answered[]> {
  const questions = new Map<string, LiveQuestion>();
  const keyOf = (question: LiveQuestion) => JSON.stringify({ ...question, actions: [] });
  for (const { asking } of asked) {
    const key = keyOf(asking.question);
    const known = questions.get(key);
    const actions = new Set([...(known?.actions ?? []), ...asking.question.actions]);
    questions.set(key, { ...asking.question, actions: [...actions] });
  }
  const found = new Map<string, LiveAnswer>();
  for (const [key, question] of questions) {
    for (const answer of await simulator.simulate(question))
      found.set(`${key} ${answer.action.toLowerCase()}`, answer);
    progress(found.size);
  }
  return asked.flatMap(({ title, request: { action, resource }, asking, decision }) => {
    const aws = found.get(`${keyOf(asking.question)} ${action.toLowerCase()}`);
    return aws === undefined ? [] : [{ title, action, resource, here: decision, aws, unseen: asking.unseen }];
  });
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
    matched: it.aws.matched,
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
        ...(aws.matched.length === 0 ? [] : [`  by ${aws.matched.join(", ")}`]),
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
    const by = aws.matched.length === 0 ? "" : ` by ${aws.matched.join(", ")}`;
    return `${paint("bold", title)}\n  here  ${here}\n  AWS   ${aws.decision}${by}\n${unseenLine(unseen)
      .map((it) => `${it}\n`)
      .join("")}\n`;
  });
  const requests = `${answered.length} request${answered.length === 1 ? "" : "s"}`;
  const sum =
    different.length === 0
      ? "no disagreement"
      : `${different.length} disagreement${different.length === 1 ? "" : "s"}`;
  return `${blocks.join("")}${requests}, ${sum}.\n`;
}

function unseenLine(unseen: readonly string[]): readonly string[] {
  return unseen.length === 0 ? [] : [`  AWS's simulator does not look at ${unseen.join(", ")}.`];
}
