/** `iam-policy simulate`: what AWS would decide about a request, offline, with the statements that decide it. */
import { resolve } from "node:path";
import type { Account } from "../../account/account.js";
import { liveQuestion } from "../../account/live/live-question.js";
import { liveRequest } from "../../account/live/live-request.js";
import { ownResource, type Question } from "../../account/question.js";
import { type LocatedReason, verdictOf } from "../../account/verdict.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { Decision } from "../../evaluate/evaluate.js";
import { type InputError, readRequest } from "../../evaluate/read-request.js";
import { type SimulationResult, simulate, simulateAll } from "../../evaluate/simulate.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import {
  actionsFrom,
  contextFrom,
  openAccount,
  openAccounts,
  principalsFrom,
  resourcesFrom,
} from "../accounts.js";
import { type Arguments, listOf, oneOf, readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts } from "../aws-flags.js";
import { type Asked, isLive, simulateLive } from "../live-simulation.js";
import { decode, readTextFile } from "../read-text.js";
import { EXIT, type ExitCode, type Paint, painter, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy simulate --request FILE
       iam-policy simulate --account FILE --as WHO --action ACTION… [--resource ARN…] [--context KEY=VALUE…]
  --request FILE|-           one request as JSON, or an array of them; - is standard input
  --account FILE             an iam-account.json, or the output of aws iam get-account-authorization-details
  --as WHO…                  user/NAME group/NAME role/NAME root anonymous, or an ARN
  --action ACTION…           actions or patterns
  --resource ARN…            (*)
  --context KEY=VALUE…       condition keys of the request
  --managed-policies FILE    documents of AWS's managed policies
  --format text|json         how to print the decisions (text)
  --live aws[:PROFILE]       ask AWS's own simulator instead
  --compare                  ask both, and list where they disagree
${AWS_USAGE}Exit 0: every request was decided, whichever way. 1: with --compare, there are disagreements.
2: wrong usage, a request that cannot be decided, or AWS could not be asked.
`;

const FLAGS = {
  request: { type: "string" },
  format: { type: "string" },
  account: { type: "string" },
  as: { type: "string", multiple: true },
  action: { type: "string", multiple: true },
  resource: { type: "string", multiple: true },
  context: { type: "string", multiple: true },
  "managed-policies": { type: "string" },
  live: { type: "string" },
  compare: { type: "boolean" },
  ...AWS_FLAGS,
} as const;
const DECISION_STYLE = { allowed: "cyan", explicitDeny: "red", implicitDeny: "yellow" } as const;

export async function simulateCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const { request, account } = values;
  if (positionals.length > 0 || (typeof request === "string") === (typeof account === "string")) {
    throw new UsageError(
      "Name the request with --request FILE, or --request - for standard input; or ask about an account with --account FILE.",
    );
  }
  if (typeof account === "string") return simulateInAccount(values, account, format, terminal, ports);
  return simulateRequests(String(request), values, format, terminal, ports);
}

async function simulateRequests(
  file: string,
  values: Arguments["values"],
  format: "text" | "json",
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts,
): Promise<ExitCode> {
  const shown = file === "-" ? "standard input" : file;
  const text =
    file === "-"
      ? decode(await terminal.readInput(), shown, "requests")
      : readTextFile(resolve(terminal.cwd, file), shown, "requests");
  const input = parse(text, shown);
  const complaint = ({ pointer, message, hint }: InputError) =>
    `${shown}${pointer === "" ? "" : ` ${pointer}`}: ${message} ${hint}\n`;
  const results = Array.isArray(input)
    ? simulateAll(input, ports.catalogue())
    : [simulate(input, ports.catalogue())];
  if (isLive(values)) {
    const asked = (Array.isArray(input) ? input : [input]).map((it, index) => {
      const read = readRequest(it, ports.catalogue());
      const result = results[index];
      if (!read.ok || result?.ok !== true)
        throw new UsageError(read.ok ? "" : read.errors.map(complaint).join("").trimEnd());
      const title = titleOf(it);
      const asking = liveQuestion(read.request, undefined, ports.catalogue());
      if (!asking.ok) throw new UsageError(`${title}: ${asking.why}`);
      return { title, ...asking, decision: result.answer.decision };
    });
    return simulateLive(asked, values, terminal, ports);
  }
  if (format === "json") {
    const answers = results.map((it) => (it.ok ? it.answer : { errors: it.errors }));
    terminal.out(`${JSON.stringify(Array.isArray(input) ? answers : answers[0], null, 2)}\n`);
  } else {
    const paint = painter(terminal.colours);
    terminal.out(results.map((it, index) => describe(it, input, index, paint)).join("\n"));
  }
  for (const result of results)
    if (!result.ok) for (const error of result.errors) terminal.err(complaint(error));
  return results.every(({ ok }) => ok) ? EXIT.ok : EXIT.usage;
}

/** Every action on every resource, by everyone who is named. */
function simulateInAccount(
  values: Arguments["values"],
  file: string,
  format: "text" | "json",
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts,
): ExitCode | Promise<ExitCode> {
  const catalogue = ports.catalogue();
  const accounts = openAccounts(terminal, ports, values["managed-policies"]);
  const account = openAccount(accounts, file, terminal);
  const principals = principalsFrom(listOf(values["as"]), account);
  const actions = actionsFrom(listOf(values["action"]), catalogue);
  if (principals.length === 0) throw new UsageError("Who asks? Add --as user/NAME.");
  if (actions.length === 0) throw new UsageError("What is asked? Add --action, such as s3:GetObject.");
  const given = resourcesFrom(listOf(values["resource"]));
  const resources = given.length === 0 ? ["*"] : given;
  const context = contextFrom(listOf(values["context"]));
  const questions = principals.flatMap((principal) =>
    actions.flatMap((action) =>
      resources.map((it) => ({ principal, action, resource: ownResource(it, principal), context })),
    ),
  );
  if (isLive(values)) {
    const asked = questions.map((question) => askedLive(account, question, catalogue));
    return simulateLive(asked, values, terminal, ports);
  }
  const answers = questions.map((question) => ({
    principal: question.principal.name,
    action: question.action,
    resource: question.resource,
    verdict: verdictOf(account, question, catalogue),
  }));
  if (format === "json") {
    const plain = answers.map(({ verdict, ...asked }) => {
      if (!verdict.decided) return { ...asked, error: verdict.message };
      const { decision, reasons, missingContext } = verdict;
      return { ...asked, decision, reasons, missingContext };
    });
    terminal.out(`${JSON.stringify(plain.length === 1 ? plain[0] : plain, null, 2)}\n`);
  } else {
    const paint = painter(terminal.colours);
    const texts = answers.map(({ principal, action, resource, verdict }) => {
      const head = `${principal} ${action} ${resource}`;
      return verdict.decided
        ? `${head}\n${explain(verdict, paint)}`
        : `${head}\n  cannot be decided\n    ${verdict.message}\n`;
    });
    terminal.out(texts.join("\n"));
  }
  return answers.every(({ verdict }) => verdict.decided) ? EXIT.ok : EXIT.usage;
}

/** @throws UsageError where nobody can tell, or AWS cannot be asked */
function askedLive(account: Account, question: Question, catalogue: Catalogue): Asked {
  const { principal, action, resource } = question;
  const title = `${principal.name} ${action} ${resource}`;
  const request = liveRequest(account, question, catalogue);
  if (!request.ok) throw new UsageError(`${title}: ${request.why}`);
  return { title, question: request.question, unseen: request.unseen, decision: request.verdict.decision };
}

/** @throws UsageError */
function parse(text: string, shown: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(
      `${shown} is not valid JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`,
    );
  }
}

function describe(result: SimulationResult, input: unknown, index: number, paint: Paint): string {
  const head = titleOf(Array.isArray(input) ? input[index] : input);
  if (!result.ok) return `${head}\n  cannot be decided\n`;
  return `${head}\n${explain(result.answer, paint)}`;
}

function titleOf(input: unknown): string {
  const request = input as Readonly<Record<string, unknown>>;
  const who =
    typeof request?.["principal"] === "string"
      ? request["principal"]
      : JSON.stringify(request?.["principal"]);
  return `${who} ${String(request?.["action"])} ${String(request?.["resource"] ?? "*")}`;
}

function explain({ decision, reasons, missingContext }: Explained, paint: Paint): string {
  const lines = reasons.map(({ source, policy, statement, sid, because, file, pointer }) => {
    const name = sid ?? (statement === undefined ? undefined : `statement ${statement}`);
    const place = file === undefined ? undefined : `${file} ${pointer ?? ""}`;
    const where = [source, policy, name, place].filter((it) => it !== undefined && it !== "").join(" · ");
    return `  ${paint("dim", where)}\n    ${because}`;
  });
  const missing = missingContext.length > 0 ? [`  could change with: ${missingContext.join(", ")}`] : [];
  return `${[`  ${paint(DECISION_STYLE[decision], decision)}`, ...lines, ...missing].join("\n")}\n`;
}

type Explained = Pick<Decision, "decision" | "missingContext"> & {
  readonly reasons: readonly LocatedReason[];
};
