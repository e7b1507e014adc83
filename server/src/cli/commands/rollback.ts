/** `iam-policy rollback`: takes back what an apply did, with a plan of its own. */
import { type Run, runsOf } from "../../account/change/journal.js";
import { nearest } from "../../policy/nearest.js";
import { planRecover } from "../../workspace/planned-change.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { readArguments } from "../arguments.js";
import type { AwsPorts } from "../aws-flags.js";
import { carryOut, EXIT_USAGE } from "../carry-out.js";
import { CHANGE_FLAGS, CHANGE_USAGE, type ChangeCommandPorts, withTarget } from "../change-target.js";
import { type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy rollback ID
       iam-policy rollback --last
${CHANGE_USAGE}  --last                     the last apply that was not taken back yet
  --skip-moved               leave alone what somebody has changed since
iam-policy journal lists the applies by ID.
${EXIT_USAGE}`;

const FLAGS = { ...CHANGE_FLAGS, last: { type: "boolean" }, "skip-moved": { type: "boolean" } } as const;

export async function rollbackCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts & ChangeCommandPorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [id, ...rest] = positionals;
  if (rest.length > 0 || (id === undefined) !== (values["last"] === true))
    throw new UsageError(
      "Name one apply: iam-policy rollback ID, or --last. `iam-policy journal` lists them.",
    );
  const signal = terminal.interruption?.();
  return withTarget(values, terminal, ports, async (setting) => {
    const run = chosenRun(runsOf((await setting.journals.list()).records), id, setting.journals.place);
    const [first] = run.records;
    if (first === undefined) throw new UsageError("This journal is empty.");
    const planned = await planRecover(
      {
        ...setting,
        allowLockOut: values["allow-lock-out"] === true,
        ...(signal === undefined ? {} : { signal }),
        progress: (done, what) => terminal.progress?.(`${done} ${what} …`),
      },
      run,
      { direction: "rollback", skipMoved: values["skip-moved"] === true },
    );
    terminal.progress?.("");
    return carryOut(planned, setting, { kind: "rollback", of: first.id }, values, terminal, ports, signal);
  });
}

/** @throws UsageError */
function chosenRun(runs: readonly Run[], id: string | undefined, place: string): Run {
  if (id === undefined) {
    const last = runs.findLast(
      ({ state, records: [first] }) => state !== "rolled back" && first?.header.kind === "apply",
    );
    if (last === undefined) throw new UsageError(`There is nothing to take back in ${place}.`);
    return last;
  }
  const found = runs.find(({ records }) => records.some((it) => it.id === id));
  if (found !== undefined) return found;
  const ids = runs.flatMap(({ records }) => records.map((it) => it.id));
  const near = nearest(id, ids);
  throw new UsageError(
    `There is no apply \`${id}\` in ${place}.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`,
  );
}
