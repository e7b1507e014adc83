/** `iam-policy simulate`: what AWS would decide about a request, offline, with the statements that decide it. */
import { resolve } from "node:path";
import type { Decision } from "../../evaluate/evaluate.js";
import { type InputError, type SimulationResult, simulate, simulateAll } from "../../evaluate/simulate.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { oneOf, readArguments } from "../arguments.js";
import { decode, readTextFile } from "../read-text.js";
import { EXIT, type ExitCode, type Paint, painter, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy simulate --request FILE
  --request FILE|-     one request as JSON, or an array of them; - is standard input
  --format text|json   how to print the decisions (text)
Exit 0: every request was decided, whichever way. 2: wrong usage, or a request that cannot be decided.
`;

const FLAGS = { request: { type: "string" }, format: { type: "string" } } as const;
const DECISION_STYLE = { allowed: "cyan", explicitDeny: "red", implicitDeny: "yellow" } as const;

export async function simulateCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const file = values["request"];
  if (typeof file !== "string" || positionals.length > 0) {
    throw new UsageError("Name the request with --request FILE, or --request - for standard input.");
  }
  const text =
    file === "-"
      ? decode(await terminal.readInput(), "standard input")
      : readTextFile(resolve(terminal.cwd, file), file);
  const input = parse(text, file === "-" ? "standard input" : file);
  const results = Array.isArray(input)
    ? simulateAll(input, ports.catalogue())
    : [simulate(input, ports.catalogue())];
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

/** @throws UsageError */
function parse(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `${shown} is not valid JSON: ${error instanceof Error ? error.message : "it cannot be read"}.`,
    );
  }
}

function describe(result: SimulationResult, input: unknown, index: number, paint: Paint): string {
  const request = (Array.isArray(input) ? input[index] : input) as Readonly<Record<string, unknown>>;
  const who =
    typeof request?.["principal"] === "string"
      ? request["principal"]
      : JSON.stringify(request?.["principal"]);
  const head = `${who} ${String(request?.["action"])} ${String(request?.["resource"] ?? "*")}`;
  if (!result.ok) return `${head}\n  cannot be decided\n`;
  return `${head}\n${explain(result.answer, paint)}`;
}

function explain({ decision, reasons, missingContext }: Decision, paint: Paint): string {
  const lines = reasons.map(({ source, policy, statement, sid, because }) => {
    const name = sid ?? (statement === undefined ? undefined : `statement ${statement}`);
    const where = [source, policy, name].filter((it) => it !== undefined && it !== "").join(" · ");
    return `  ${paint("dim", where)}\n    ${because}`;
  });
  const missing = missingContext.length > 0 ? [`  could change with: ${missingContext.join(", ")}`] : [];
  return `${[`  ${paint(DECISION_STYLE[decision], decision)}`, ...lines, ...missing].join("\n")}\n`;
}

function complaint({ pointer, message, hint }: InputError): string {
  return `${pointer === "" ? "" : `${pointer}: `}${message}. ${hint}\n`;
}
