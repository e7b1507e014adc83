/** `iam-policy journal`: what was applied, resumed and taken back, and what did not come to its end. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type Run, runsOf } from "../../account/change/journal.js";
import { oneOf, readArguments } from "../arguments.js";
import { accountPath, type ChangeCommandPorts } from "../change-target.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy journal
  --account FILE             the account file that the journals lie beside (iam-account.json)
  --format text|json         how to print them (text)
Exit 0: every apply came to its end. 1: some did not. 2: wrong usage, or journals that cannot be read.
`;

const FLAGS = { account: { type: "string" }, format: { type: "string" } } as const;

export async function journalCommand(
  args: readonly string[],
  terminal: Terminal,
  { change }: ChangeCommandPorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [extra] = positionals;
  if (extra !== undefined)
    throw new UsageError(`\`${extra}\` means nothing here. Name the file with --account.`);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const path = accountPath(values, terminal.cwd);
  const journals = change.journals(dirname(path));
  const { records, unreadable } = await journals.list();
  // Journals outlive the account file; where there are none either, the name is a slip.
  if (values["account"] !== undefined && records.length + unreadable.length === 0 && !existsSync(path))
    throw new UsageError(`${values["account"]}: there is no such file, and no journal beside it.`);
  const runs = runsOf(records);
  const summaries = runs.flatMap(summaryOf);
  for (const name of unreadable) terminal.err(`${journals.place}/${name} is no journal that can be read.\n`);
  if (format === "json") terminal.out(`${JSON.stringify({ version: 1, runs: summaries }, null, 2)}\n`);
  else if (summaries.length === 0) terminal.out(`There is no journal in ${journals.place}.\n`);
  else for (const it of summaries) terminal.out(`${line(it)}\n`);
  if (unreadable.length > 0) return EXIT.usage;
  return runs.some(({ state }) => state === "unfinished") ? EXIT.findings : EXIT.ok;
}

function summaryOf({ records, state }: Run) {
  const [first] = records;
  if (first === undefined) return [];
  const { id, header } = first;
  const done = new Set(records.flatMap((it) => [...it.done])).size;
  const { kind, time, target, of, steps } = header;
  return [{ id, kind, of: of ?? null, time, target, state, steps: steps.length, done }];
}

function line({ id, kind, of, target, state, steps, done }: ReturnType<typeof summaryOf>[number]): string {
  const what = of === null ? kind : `${kind} of ${of}`;
  return `${id}  ${what}, ${target}: ${state}, ${done} of ${steps} steps`;
}
